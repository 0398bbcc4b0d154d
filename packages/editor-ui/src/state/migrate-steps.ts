import { type GraphDocument, isUpToDate } from "@insightgraph/engine/graph";
import type { GraphDraft } from "../document/edits.ts";
import { words } from "../messages/messages.ts";
import { editWhole } from "./document-steps.ts";
import { documentOf, type EditorState } from "./editor-state.ts";

/** The graph that the server is to be asked to migrate: some of its nodes are of older versions. */
export function graphToMigrate(state: EditorState): GraphDocument | undefined {
  const graph = documentOf(state);
  const isAsked = state.migrating?.graph === graph;
  const canAsk = state.document !== undefined && state.isWelcome;
  return isAsked || !canAsk || isUpToDate(graph, state.catalogue) ? undefined : graph;
}

/** Takes the migrated graph as an edit, unless the person has changed the one that was sent. */
export function takeMigrated(
  state: EditorState,
  { requestId, graph }: { readonly requestId: string; readonly graph: GraphDocument },
): EditorState {
  const { migrating } = state;
  if (migrating?.requestId !== requestId || documentOf(state) !== migrating.graph) return state;
  // A graph that the server could not bring up to date comes back as it was; it is not asked again.
  if (!isUpToDate(graph, state.catalogue)) return state;
  const edited = editWhole(state, requestId, (draft) => replaceGraph(draft, graph), undefined);
  return { ...edited, notice: { tone: "info", text: words.nodesUpdated } };
}

function replaceGraph(draft: GraphDraft, graph: GraphDocument): void {
  for (const key of Object.keys(draft)) Reflect.deleteProperty(draft, key);
  Object.assign(draft, graph);
}
