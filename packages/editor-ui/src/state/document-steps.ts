import type { GraphDocument } from "@insightgraph/engine/graph";
import type {
  DocumentMessage,
  DocumentState,
  DocumentSummary,
} from "@insightgraph/engine/protocol";
import type { GraphEdit } from "../document/edits.ts";
import { editAt, graphAt, isEditable, knownLevel, type Level } from "../document/levels.ts";
import { emptySelection, pruneSelection, selectNodes } from "../document/selection.ts";
import { isKnownVariant, type ShownVariant } from "../document/shown-variant.ts";
import {
  createSynced,
  editSynced,
  type SyncedGraph,
  stepSynced,
  takeChange,
  takeState,
} from "../document/synced-graph.ts";
import { words } from "../messages/messages.ts";
import { canRedo, canUndo, type EditorState, emptyGraph } from "./editor-state.ts";
import { checkState, placed } from "./graph-steps.ts";
import { readViewState } from "./view-state.ts";

/** Makes an edit. @param label a name under which consecutive edits make one step to undo */
export function editGraph(
  state: EditorState,
  editId: string,
  edit: GraphEdit,
  label: string | undefined,
): EditorState {
  if (state.variant !== undefined) {
    return { ...state, notice: { tone: "info", text: words.readFromVariant(state.variant.name) } };
  }
  if (!isEditable(state.synced.shown, state.level)) {
    return { ...state, notice: { tone: "info", text: words.readFromFile } };
  }
  return editWhole(state, editId, editAt(state.level, edit, state.catalogue), label);
}

/** Makes an edit of the whole document, whichever subgraph of it is open. */
export function editWhole(
  state: EditorState,
  editId: string,
  edit: GraphEdit,
  label: string | undefined,
): EditorState {
  const named = label === undefined ? undefined : `${state.step} ${label}`.slice(0, 200);
  return withSynced(state, editSynced(state.synced, editId, edit, named));
}

/** One step back or forward; the same state where there is none. */
export function stepGraph(state: EditorState, editId: string, kind: "undo" | "redo"): EditorState {
  const isPossible = kind === "undo" ? canUndo(state) : canRedo(state);
  if (!isPossible) return state;
  const next = { ...endStep(state, editId), lastStep: { kind } };
  return withSynced(next, stepSynced(state.synced, editId, kind));
}

/** The next edit of the same name begins a new step. @param step a name that no other step has */
export function endStep(state: EditorState, step: string): EditorState {
  return { ...state, step };
}

/** Shows another level of the document; one that it does not have gives way to the one around it. */
export function showLevel(state: EditorState, level: Level): EditorState {
  const known = knownLevel(state.synced.shown, level);
  const isOpen =
    known.length === state.level.length && known.every((id, at) => id === state.level[at]);
  if (isOpen) return state;
  return checkState({ ...state, level: known, selection: emptySelection, gesture: undefined });
}

/** Another graph of the same document: what is selected and what is wrong follow it. */
export function withSynced(state: EditorState, synced: SyncedGraph): EditorState {
  if (synced === state.synced) return state;
  if (synced.shown === state.synced.shown) return { ...state, synced };
  const variant = isKnownVariant(synced.shown, state.variant) ? state.variant : undefined;
  const level = knownLevel(synced.shown, state.level);
  const selection = pruneSelection(state.selection, graphAt(synced.shown, level));
  return checkState({ ...state, synced, level, variant, selection });
}

/** Shows a variant of the document on the canvas in place of the document; undefined goes back to it. */
export function showVariant(state: EditorState, variant: ShownVariant | undefined): EditorState {
  return checkState({ ...state, variant, gesture: undefined });
}

/** What the server says of documents. */
export function takeDocument(state: EditorState, message: DocumentMessage): EditorState {
  switch (message.type) {
    case "documents":
      return takeDocuments(state, message.documents);
    case "document-changed": {
      const { document, patches, editId } = message;
      if (document.id !== state.document?.id) return state;
      const change = { version: document.version, patches, editId };
      const documents = state.documents.map((other) =>
        other.id === document.id ? document : other,
      );
      return withSynced({ ...state, documents, document }, takeChange(state.synced, change));
    }
    case "document-state": {
      const { document, reason, editId } = message;
      if (document.id !== state.wanted) return state;
      if (document.id !== state.document?.id) return showDocument(state, document);
      const refused = reason === "refused" ? editId : undefined;
      return withSynced(
        { ...state, document: summaryOf(document) },
        takeState(state.synced, document, refused),
      );
    }
  }
}

/** The open documents; one that was closed elsewhere gives way to its neighbour. */
function takeDocuments(state: EditorState, documents: readonly DocumentSummary[]): EditorState {
  const own = documents.find(({ id }) => id === state.document?.id);
  if (state.document === undefined || own !== undefined) {
    return { ...state, documents, document: own };
  }
  const at = state.documents.findIndex(({ id }) => id === state.document?.id);
  const next = documents[Math.min(Math.max(0, at), documents.length - 1)];
  const closed = { ...state, documents, document: undefined, wanted: next?.id };
  return next === undefined ? withSynced(closed, createSynced(emptyGraph, 0)) : closed;
}

/** Shows another document, as it was last looked at. */
function showDocument(state: EditorState, document: DocumentState): EditorState {
  const { graph, version, viewState } = document;
  const isServed = document.id === state.served?.documentId;
  const { selected, view } = readViewState(viewState);
  const places = placed(graph, state.catalogue);
  const synced = createSynced(graph, version);
  const shown = {
    ...state,
    document: summaryOf(document),
    synced:
      places === graph ? synced : editSynced(synced, `places ${document.id}`, takePlaces(places)),
    opened: isServed ? (state.served?.graph ?? graph) : graph,
    selection: pruneSelection(selectNodes(selected), graph),
    level: [],
    variant: undefined,
    lastView: view,
    picked: [],
    gesture: undefined,
    search: undefined,
    notice: undefined,
  };
  return checkState(shown);
}

/** A file that was written by hand may lack places. */
function takePlaces(placed: GraphDocument): GraphEdit {
  return (draft) => {
    for (const [id, node] of Object.entries(draft.nodes)) {
      const { x, y } = placed.nodes[id]?.ui ?? {};
      if (x !== undefined && y !== undefined) node.ui = { ...node.ui, x, y };
    }
  };
}

function summaryOf(document: DocumentState): DocumentSummary {
  const { graph: _graph, recentEdits: _edits, viewState: _view, ...summary } = document;
  return summary;
}
