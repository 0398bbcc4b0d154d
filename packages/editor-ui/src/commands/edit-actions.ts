import { duplicateNodes } from "../document/clipboard.ts";
import { disconnect, removeNodes, type Switch, toggle } from "../document/edits.ts";
import { removeMark } from "../document/marks.ts";
import { selectNodes } from "../document/selection.ts";
import { canRedo, canUndo, graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { isFieldFocused } from "./field-focus.ts";
import { hasGraph, hasNodes, placeForNew, selectedNodes } from "./selected.ts";

/** Changing the graph, and what is selected of it. */
export const editActions = {
  letGo: { keys: ["Escape"], isGlobal: true, run: letGo },
  search: {
    keys: ["Space"],
    menus: ["canvas"],
    run: (call) => call.editor.openSearch({ ...placeForNew(call), task: { kind: "add" } }),
  },
  find: {
    keys: ["/"],
    menus: ["canvas"],
    isPossible: hasGraph,
    run: (call) => call.editor.openSearch({ ...placeForNew(call), task: { kind: "find" } }),
  },
  rename: {
    keys: ["F2"],
    menus: ["node"],
    isPossible: hasNodes,
    run: (call) => call.editor.startRenaming(selectedNodes(call)[0]),
  },
  replace: {
    keys: ["R"],
    menus: ["node"],
    isPossible: hasNodes,
    run(call) {
      const [id] = selectedNodes(call);
      if (id === undefined) return;
      call.editor.openSearch({ ...placeForNew(call), task: { kind: "replace", id } });
    },
  },
  insert: {
    keys: ["I"],
    menus: ["link"],
    isPossible: ({ editor }) => editor.store.get().selection.link !== undefined,
    run(call) {
      const { link } = call.editor.store.get().selection;
      if (link === undefined) return;
      call.editor.openSearch({ ...placeForNew(call), task: { kind: "insert", end: link } });
    },
  },
  undo: {
    keys: ["Ctrl+Z"],
    menus: ["canvas"],
    isPossible: ({ editor }) => canUndo(editor.store.get()),
    run: ({ editor }) => editor.undo(),
  },
  redo: {
    keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
    menus: ["canvas"],
    isPossible: ({ editor }) => canRedo(editor.store.get()),
    run: ({ editor }) => editor.redo(),
  },
  duplicate: { keys: ["Ctrl+D"], menus: ["node"], isPossible: hasNodes, run: duplicate },
  bypass: {
    keys: ["B"],
    menus: ["node"],
    isPossible: hasNodes,
    run: (call) => flip(call, "bypassed"),
  },
  mute: { keys: ["M"], menus: ["node"], isPossible: hasNodes, run: (call) => flip(call, "muted") },
  selectAll: {
    keys: ["Ctrl+A"],
    menus: ["canvas"],
    isPossible: hasGraph,
    run: ({ editor }) => editor.select(selectNodes(Object.keys(graphOf(editor.store.get()).nodes))),
  },
  remove: {
    keys: ["Delete", "Backspace"],
    menus: ["node", "link", "mark"],
    isPossible: (call) => {
      const { link, mark } = call.editor.store.get().selection;
      return hasNodes(call) || link !== undefined || mark !== undefined;
    },
    run: remove,
  },
} satisfies Record<string, Action>;

function remove(call: ActionCall): void {
  const { editor } = call;
  const { link, mark } = editor.store.get().selection;
  const nodes = selectedNodes(call);
  if (nodes.length > 0) editor.edit(removeNodes(nodes));
  else if (mark !== undefined) editor.edit(removeMark(mark));
  else if (link !== undefined) editor.edit(disconnect(link));
}

function flip(call: ActionCall, name: Switch): void {
  const nodes = selectedNodes(call);
  if (nodes.length > 0) call.editor.edit(toggle(nodes, name));
}

function duplicate(call: ActionCall): void {
  const { editor } = call;
  const { catalogue } = editor.store.get();
  const { edit, ids } = duplicateNodes(graphOf(editor.store.get()), selectedNodes(call), catalogue);
  if (ids.length === 0) return;
  editor.edit(edit);
  editor.select(selectNodes(ids));
}

/** Lets go of the one thing nearest to the person: a link in hand, a popup, a field, a notice, the selection. */
function letGo({ editor, canvas }: ActionCall): boolean {
  const state = editor.store.get();
  if (canvas()?.abandonLink() === true) return true;
  if (state.menu !== undefined) {
    editor.closeMenu();
  } else if (state.search !== undefined) {
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

function leaveField(node: string | undefined, canvas: ActionCall["canvas"]): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (node !== undefined) canvas()?.focusNode(node);
}
