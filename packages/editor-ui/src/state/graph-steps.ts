import {
  catalogueFor,
  checkGraph,
  type GraphDocument,
  type NodeCatalogue,
  subgraphName,
} from "@insightgraph/engine/graph";
import { nodeOf } from "../document/edits.ts";
import { createHistory, type History } from "../document/history.ts";
import { withPlaces } from "../document/layout.ts";
import { nodeSize } from "../document/measures.ts";
import { emptySelection, pruneSelection } from "../document/selection.ts";
import { type EditorState, graphOf } from "./editor-state.ts";

/** Opens a graph, which then counts as saved. */
export function openGraph(state: EditorState, graph: GraphDocument): EditorState {
  const catalogue = knownTypes(graph, state.catalogue);
  const placed = withPlaces(graph, (id) => nodeSize(nodeOf(graph, id), catalogue));
  return checkState({
    ...state,
    catalogue,
    history: createHistory(placed),
    opened: placed,
    saved: placed,
    selection: emptySelection,
    notice: undefined,
  });
}

/** Opens the migrated graph, unless the person has changed the one that was sent. */
export function openMigrated(
  state: EditorState,
  { requestId, graph }: { readonly requestId: string; readonly graph: GraphDocument },
): EditorState {
  const { migrating, saved } = state;
  if (migrating?.requestId !== requestId || graphOf(state) !== migrating.graph) return state;
  const text =
    "Some nodes were updated to their current versions. Save the graph to keep the changes.";
  return { ...openGraph(state, graph), saved, notice: { tone: "info", text } };
}

/** Moves to another point of the history. */
export function goTo(state: EditorState, history: History): EditorState {
  if (history === state.history) return state;
  if (history.present === state.history.present) return { ...state, history };
  const selection = pruneSelection(state.selection, history.present);
  return checkState({ ...state, history, selection });
}

/** Takes the server's node types; the graph on the page stays. */
export function takeCatalogue(state: EditorState, catalogue: NodeCatalogue): EditorState {
  return checkState({ ...state, catalogue: knownTypes(graphOf(state), catalogue) });
}

/** The node types a graph may use: those served, and those that its own definitions make. */
function knownTypes(graph: GraphDocument, catalogue: NodeCatalogue): NodeCatalogue {
  const served = Object.entries(catalogue).filter(([type]) => subgraphName(type) === undefined);
  return catalogueFor(graph, Object.fromEntries(served));
}

/** Without a catalogue nothing can be checked yet. */
function checkState(state: EditorState): EditorState {
  if (Object.keys(state.catalogue).length === 0) return state;
  const { issues, typing } = checkGraph(graphOf(state), state.catalogue);
  return { ...state, issues, typing };
}
