import type { Action } from "./action.ts";
import { selectedNodes } from "./selected.ts";

/** Running and stopping. */
export const runActions = {
  run: {
    keys: ["Ctrl+Enter"],
    menus: ["canvas"],
    isGlobal: true,
    run: ({ editor }) => editor.run(),
  },
  runToHere: {
    keys: ["Ctrl+Shift+Enter"],
    menus: ["node"],
    isGlobal: true,
    run(call) {
      const nodes = selectedNodes(call);
      call.editor.run(nodes.length === 0 ? undefined : nodes);
    },
  },
  cancel: { keys: ["Shift+Escape"], isGlobal: true, run: ({ editor }) => editor.cancel() },
} satisfies Record<string, Action>;
