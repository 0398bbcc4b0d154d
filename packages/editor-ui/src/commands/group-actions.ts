import { entryOf } from "@insightgraph/engine/graph";
import { toSentence } from "../connection/issue-words.ts";
import { moveNodes } from "../document/edits.ts";
import { foldNodes, whyNotFoldable } from "../document/fold.ts";
import { selectNodes } from "../document/selection.ts";
import { subgraphOf, unfoldNode } from "../document/unfold.ts";
import { words } from "../messages/messages.ts";
import { documentOf, graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { selectedSubgraph } from "./node-files.ts";
import { hasNodes, placeInstead, selectedNodes } from "./selected.ts";

/** Nodes that stand for several: folding, opening and unfolding. */
export const groupActions = {
  fold: { keys: ["G"], menus: ["node"], isPossible: hasNodes, run: fold },
  unfold: { keys: ["Shift+U"], menus: ["node"], isPossible: hasSubgraph, run: unfold },
  enter: {
    keys: ["E"],
    menus: ["node"],
    isPossible: hasSubgraph,
    run(call) {
      const [id] = selectedNodes(call);
      const { level } = call.editor.store.get();
      if (id !== undefined) call.editor.showLevel([...level, id]);
    },
  },
  saveNode: {
    keys: [],
    menus: ["node"],
    isPossible: ({ editor }) => {
      const subgraph = selectedSubgraph(editor.store.get());
      return subgraph !== undefined && subgraph.file === undefined;
    },
    run: saveNode,
  },
  openNodeFile: {
    keys: [],
    menus: ["node"],
    isPossible: ({ editor }) => selectedSubgraph(editor.store.get())?.file !== undefined,
    run: ({ editor }) => {
      const file = selectedSubgraph(editor.store.get())?.file;
      return file === undefined ? undefined : editor.openFile(file);
    },
  },
  leave: {
    keys: ["Shift+E"],
    menus: ["canvas"],
    isPossible: ({ editor }) => editor.store.get().level.length > 0,
    run: ({ editor }) => editor.showLevel(editor.store.get().level.slice(0, -1)),
  },
} satisfies Record<string, Action>;

function hasSubgraph(call: ActionCall): boolean {
  const [id, ...others] = selectedNodes(call);
  const graph = graphOf(call.editor.store.get());
  return id !== undefined && others.length === 0 && subgraphOf(graph, id) !== undefined;
}

/** A file is called for its named outputs, so there must be one. */
function saveNode({ editor }: ActionCall): void {
  const state = editor.store.get();
  const { name = "" } = selectedSubgraph(state) ?? {};
  const outputs = entryOf(documentOf(state).graphs, name)?.outputs ?? {};
  if (Object.keys(outputs).length > 0) editor.togglePanel("save-node");
  else editor.notify({ tone: "info", text: words.nodeNeedsOutput });
}

function fold(call: ActionCall): void {
  const { editor } = call;
  const state = editor.store.get();
  const graph = graphOf(state);
  const typing = state.typing ?? { typeOf: () => undefined };
  const ids = selectedNodes(call);
  const reason = whyNotFoldable(graph, state.catalogue, typing, ids);
  if (reason !== undefined) {
    editor.notify({ tone: "info", text: toSentence(reason) });
    return;
  }
  const { edit, id } = foldNodes(graph, state.catalogue, typing, ids, words.newGroup);
  const at = placeInstead(call, ids);
  editor.edit((draft) => {
    edit(draft);
    if (at !== undefined) moveNodes({ [id]: at })(draft);
  });
  editor.select(selectNodes([id]));
  editor.startRenaming(id);
}

function unfold(call: ActionCall): void {
  const { editor } = call;
  const [id] = selectedNodes(call);
  const made = id === undefined ? undefined : unfoldNode(graphOf(editor.store.get()), id);
  if (made === undefined) {
    editor.notify({ tone: "info", text: words.cannotUnfold });
    return;
  }
  editor.edit(made.edit);
  editor.select(selectNodes(made.ids));
}
