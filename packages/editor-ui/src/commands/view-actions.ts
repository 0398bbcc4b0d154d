import type { Action, ActionCall } from "./action.ts";
import { hasGraph } from "./selected.ts";

/** Looking at the graph, and panels beside it. */
export const viewActions = {
  fit: {
    keys: ["F"],
    menus: ["canvas"],
    isPossible: hasGraph,
    run: ({ canvas }) => canvas()?.fit(),
  },
  actualSize: { keys: ["1"], run: ({ canvas }) => canvas()?.zoom(1) },
  zoomIn: { keys: ["+"], run: (call) => zoomBy(call, 1.2) },
  zoomOut: { keys: ["-"], run: (call) => zoomBy(call, 1 / 1.2) },
  start: { keys: ["Home"], run: ({ editor }) => editor.togglePanel("start") },
  history: { keys: ["H"], run: ({ editor }) => editor.togglePanel("history") },
  cluster: { keys: ["W"], run: ({ editor }) => editor.togglePanel("cluster") },
  tables: { keys: ["T"], run: ({ editor }) => editor.togglePanel("tables") },
  viewer: { keys: ["V"], run: ({ editor }) => editor.togglePanel("viewer") },
  datasets: { keys: ["D"], run: ({ editor }) => editor.browse(undefined) },
  app: { keys: ["Shift+A"], menus: ["canvas"], run: ({ editor }) => editor.togglePanel("app") },
  settings: { keys: ["Ctrl+,"], run: ({ editor }) => editor.togglePanel("settings") },
  help: { keys: ["?"], run: ({ editor }) => editor.togglePanel("help") },
} satisfies Record<string, Action>;

function zoomBy({ canvas }: ActionCall, factor: number): void {
  const shown = canvas();
  shown?.zoom(shown.view.get().zoom * factor);
}
