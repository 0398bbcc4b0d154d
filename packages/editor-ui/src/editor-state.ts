import type { GraphDocument, Issue, NodeCatalogue } from "@insightgraph/engine/graph";
import type { Runs } from "./connection/run-state.ts";
import type { LinkState } from "./connection/socket-client.ts";
import type { PortEnd } from "./document/compatibility.ts";
import type { InputEnd, Point } from "./document/edits.ts";
import { createHistory, type History } from "./document/history.ts";
import { emptySelection, type Selection } from "./document/selection.ts";

/** A link being dragged from a port; `reasons` says of every other end why it does not fit. */
export interface LinkGesture {
  readonly from: PortEnd;
  /** The link that was picked up at its input end, if it existed before. */
  readonly detached?: InputEnd;
  readonly reasons: ReadonlyMap<string, string | undefined>;
}

/** Where the search popup is open and what it adds. */
export interface Search {
  /** On the screen, in px. */
  readonly at: Point;
  /** On the canvas: where a found node goes. */
  readonly place: Point;
  /** Port that the new node is to be linked with. */
  readonly from?: PortEnd;
}

export interface Notice {
  readonly tone: "info" | "failed";
  readonly text: string;
  readonly issues?: readonly Issue[];
}

export interface EditorState {
  readonly link: LinkState;
  readonly device: string;
  readonly catalogue: NodeCatalogue;
  readonly graphName: string;
  /** The graph the server offered. */
  readonly served?: GraphDocument;
  /** The graph as it was opened; variants are named by how they differ from it. */
  readonly opened: GraphDocument;
  /** The graph whose older nodes the server was asked to bring up to date. */
  readonly migrating?: { readonly requestId: string; readonly graph: GraphDocument };
  readonly saved: GraphDocument;
  readonly history: History;
  readonly selection: Selection;
  /** What validation says of the graph as it stands. */
  readonly issues: readonly Issue[];
  readonly runs: Runs;
  /** Runs picked on the film strip, by request id: one to look at, or two to compare. */
  readonly picked: readonly string[];
  readonly gesture?: LinkGesture;
  readonly search?: Search;
  readonly notice?: Notice;
  readonly isHelpOpen: boolean;
  readonly isInspectorOpen: boolean;
  readonly isStripOpen: boolean;
  readonly isRailOpen: boolean;
}

export const emptyGraph: GraphDocument = { format: "insightgraph", version: 1, nodes: {} };

export const initialState: EditorState = {
  link: "connecting",
  device: "",
  catalogue: {},
  graphName: "",
  opened: emptyGraph,
  saved: emptyGraph,
  history: createHistory(emptyGraph),
  selection: emptySelection,
  issues: [],
  runs: [],
  picked: [],
  isHelpOpen: false,
  isInspectorOpen: true,
  isStripOpen: true,
  isRailOpen: true,
};

export function graphOf(state: EditorState): GraphDocument {
  return state.history.present;
}
