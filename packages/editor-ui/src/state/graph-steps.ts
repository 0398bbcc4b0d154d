import {
  catalogueFor,
  checkGraph,
  type GraphDocument,
  type Issue,
  type NodeCatalogue,
  resolveTypes,
  sortGraph,
  subgraphName,
} from "@insightgraph/engine/graph";
import { nodeOf } from "../document/edits.ts";
import { withPlaces } from "../document/layout.ts";
import { graphAt, isPortNode, issuesAt, portNodeTypes } from "../document/levels.ts";
import { nodeSize } from "../document/measures.ts";
import { nodeTitle } from "../messages/catalogue-names.ts";
import { translateCatalogue } from "../messages/translate-catalogue.ts";
import { type EditorState, type Notice, shownDocument } from "./editor-state.ts";

/** A graph whose nodes all have places. */
export function placed(graph: GraphDocument, known: NodeCatalogue): GraphDocument {
  const catalogue = knownTypes(graph, known);
  return withPlaces(graph, (id) => nodeSize(nodeOf(graph, id), catalogue));
}

/** Takes the server's node types; the graph on the page stays. */
export function takeCatalogue(state: EditorState, catalogue: NodeCatalogue): EditorState {
  const told = translateCatalogue(catalogue, { titleOf: nodeTitle, docs: state.docs });
  const titles = Object.values(catalogue).map(({ type, title }) => [type, title] as const);
  return checkState({ ...state, catalogue: told, englishTitles: new Map(titles) });
}

/** The node types a graph may use: those served, and those that its own definitions make. */
function knownTypes(graph: GraphDocument, catalogue: NodeCatalogue): NodeCatalogue {
  const served = Object.entries(catalogue).filter(
    ([type]) => subgraphName(type) === undefined && !isPortNode(type),
  );
  return catalogueFor(graph, Object.fromEntries(served));
}

/** What is known of the graph: its types, and what validation says of it. Without a catalogue nothing is. */
export function checkState(state: EditorState): EditorState {
  if (Object.keys(state.catalogue).length === 0) return state;
  const document = shownDocument(state);
  const { level } = state;
  const known = knownTypes(document, state.catalogue);
  const checked = checkGraph(document, known);
  const issues = issuesAt(document, level, checked.issues);
  const notice = stillTrue(state.notice, checked.issues);
  const next = { ...state, issues, notice };
  if (level.length === 0) return { ...next, catalogue: known, typing: checked.typing };
  const catalogue = { ...known, ...portNodeTypes(document, level, known) };
  const graph = graphAt(document, level);
  const typing = resolveTypes(graph, catalogue, sortGraph(graph).order);
  return { ...next, catalogue, typing };
}

/** What validation says of a graph, and a notice may repeat. */
const checkedCodes = /^(graph|param)\./;

/** A notice without what has been mended; one of which nothing is left goes. */
function stillTrue(notice: Notice | undefined, issues: readonly Issue[]): Notice | undefined {
  if (notice?.issues === undefined || notice.issues.length === 0) return notice;
  const isTrue = ({ code, nodeId, path }: Issue) =>
    !checkedCodes.test(code) ||
    issues.some((issue) => issue.code === code && issue.nodeId === nodeId && issue.path === path);
  const left = notice.issues.filter(isTrue);
  if (left.length === notice.issues.length) return notice;
  return left.length === 0 ? undefined : { ...notice, issues: left };
}
