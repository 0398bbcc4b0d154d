import { graphInFile } from "../connection/graph-in-file.ts";
import { describeThrown } from "../connection/issue-words.ts";
import {
  copyIds,
  disconnect,
  duplicateNodes,
  removeNodes,
  type Switch,
  toggle,
} from "../document/edits.ts";
import { selectNodes } from "../document/selection.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Workbench } from "../state/workbench.ts";
import { downloadText, pickFile } from "./file-dialogs.ts";

/** An action with a key or a button. */
export interface Command {
  readonly label: string;
  /** As `Ctrl+Shift+Z`; the first one is shown on buttons. */
  readonly keys: readonly string[];
  /** Works while a field has the keyboard, too. */
  readonly isGlobal?: boolean;
  /** @returns false when it had nothing to do and the key should keep its own meaning. */
  run(workbench: Workbench): unknown;
}

/** Every command, by name; the help sheet lists them in this order. */
export const commands = {
  run: {
    label: "Run",
    keys: ["Ctrl+Enter"],
    isGlobal: true,
    run: ({ editor }) => editor.run(),
  },
  runToHere: {
    label: "Run to the selected node",
    keys: ["Ctrl+Shift+Enter"],
    isGlobal: true,
    run({ editor }) {
      const { nodes } = editor.store.get().selection;
      editor.run(nodes.size === 0 ? undefined : [...nodes]);
    },
  },
  cancel: {
    label: "Cancel all runs",
    keys: ["Shift+Escape"],
    isGlobal: true,
    run: ({ editor }) => editor.cancel(),
  },
  letGo: { label: "Close or deselect", keys: ["Escape"], isGlobal: true, run: letGo },
  search: {
    label: "Add a node",
    keys: ["Space"],
    run({ editor, canvas }) {
      const { width = 800, height = 600 } = canvas()?.size() ?? {};
      const at = { x: width / 2 - 100, y: height / 3 };
      const place = canvas()?.toCanvas(at) ?? at;
      editor.openSearch({ at, place });
    },
  },
  undo: { label: "Undo", keys: ["Ctrl+Z"], run: ({ editor }) => editor.undo() },
  redo: { label: "Redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], run: ({ editor }) => editor.redo() },
  duplicate: { label: "Duplicate", keys: ["Ctrl+D"], run: duplicate },
  remove: { label: "Delete", keys: ["Delete", "Backspace"], run: remove },
  bypass: { label: "Bypass", keys: ["B"], run: (workbench) => flip(workbench, "bypassed") },
  mute: { label: "Mute", keys: ["M"], run: (workbench) => flip(workbench, "muted") },
  selectAll: {
    label: "Select all nodes",
    keys: ["Ctrl+A"],
    run: ({ editor }) => editor.select(selectNodes(Object.keys(graphOf(editor.store.get()).nodes))),
  },
  fit: { label: "Fit the graph on screen", keys: ["F"], run: ({ canvas }) => canvas()?.fit() },
  actualSize: { label: "Zoom to 100 %", keys: ["1"], run: ({ canvas }) => canvas()?.zoom(1) },
  save: {
    label: "Save the graph to a file",
    keys: ["Ctrl+S"],
    isGlobal: true,
    run: ({ editor }) => downloadText(editor.store.get().graphName, editor.saveGraph()),
  },
  open: {
    label: "Open a graph, or a picture that contains one",
    keys: ["Ctrl+O"],
    isGlobal: true,
    run: ({ editor }) => pickFile(".json,.png", (file) => openFrom(editor, file)),
  },
  history: {
    label: "Queue and history",
    keys: ["H"],
    run: ({ editor }) => editor.togglePanel("history"),
  },
  viewer: {
    label: "Look closely at pictures",
    keys: ["V"],
    run: ({ editor }) => editor.togglePanel("viewer"),
  },
  help: {
    label: "Keyboard shortcuts",
    keys: ["?"],
    run: ({ editor }) => editor.togglePanel("help"),
  },
} satisfies Record<string, Command>;

async function openFrom(editor: Editor, file: File): Promise<void> {
  try {
    const graph = await graphInFile(file);
    if (graph !== undefined) editor.openGraph(graph, file.name);
    else editor.notify({ tone: "failed", text: `${file.name} contains no graph.` });
  } catch (thrown) {
    editor.notify({ tone: "failed", text: describeThrown(thrown) });
  }
}

function remove({ editor }: Workbench): void {
  const { nodes, link } = editor.store.get().selection;
  if (nodes.size > 0) editor.edit(removeNodes(nodes));
  else if (link !== undefined) editor.edit(disconnect(link));
}

function flip({ editor }: Workbench, name: Switch): void {
  const { nodes } = editor.store.get().selection;
  if (nodes.size > 0) editor.edit(toggle([...nodes], name));
}

function duplicate({ editor }: Workbench): void {
  const { nodes } = editor.store.get().selection;
  const copies = copyIds(graphOf(editor.store.get()), [...nodes]);
  if (Object.keys(copies).length === 0) return;
  editor.edit(duplicateNodes(copies, { x: 32, y: 32 }, editor.store.get().catalogue));
  editor.select(selectNodes(Object.values(copies)));
}

/** Lets go of the one thing nearest to the person: a link in hand, a popup, a field, a notice, the selection. */
function letGo({ editor, canvas }: Workbench): boolean {
  const state = editor.store.get();
  if (canvas()?.abandonLink() === true) return true;
  if (state.search !== undefined) {
    editor.closeSearch();
  } else if (isFieldFocused()) {
    leaveField([...state.selection.nodes][0], canvas);
  } else if (state.notice !== undefined) {
    editor.dismissNotice();
  } else {
    editor.clearSelection();
  }
  return true;
}

/** Whether keys go into a field. */
export function isFieldFocused(): boolean {
  const { activeElement } = document;
  return (
    activeElement?.matches("textarea, select, input:not([type=range], [type=checkbox])") === true
  );
}

function leaveField(node: string | undefined, canvas: Workbench["canvas"]): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (node !== undefined) canvas()?.focusNode(node);
}
