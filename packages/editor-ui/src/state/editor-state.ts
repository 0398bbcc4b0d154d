import type {
  CheckedGraph,
  ColourRole,
  GraphDocument,
  Issue,
  NodeCatalogue,
  PortCatalogue,
} from "@insightgraph/engine/graph";
import type { Runs } from "../connection/run-state.ts";
import type { ConnectionState } from "../connection/socket-client.ts";
import type { FitCheck } from "../document/compatibility.ts";
import type { InputEnd, Point } from "../document/edits.ts";
import { createHistory, type History } from "../document/history.ts";
import type { PortEnd } from "../document/port-end.ts";
import { emptySelection, type Selection } from "../document/selection.ts";
import type { NodeIndex } from "./node-facts.ts";

/** A link being dragged from a port. */
export interface LinkGesture {
  readonly from: PortEnd;
  /** The link that was picked up at its input end, if it existed before. */
  readonly detached?: InputEnd;
  readonly whyUnfit: FitCheck;
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

/** What a menu is opened on. */
export type MenuTarget =
  | { readonly kind: "canvas" }
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "link"; readonly end: InputEnd }
  | { readonly kind: "port"; readonly end: PortEnd }
  | { readonly kind: "run"; readonly requestId: string };

/** An open menu. */
export interface Menu {
  readonly target: MenuTarget;
  /** On the screen, in px. */
  readonly at: Point;
}

/** A message to the person, shown until it is closed or the next run starts. */
export interface Notice {
  readonly tone: "info" | "failed";
  readonly text: string;
  readonly issues?: readonly Issue[];
}

/** Panels that can be folded away, and sheets that lie over the page. */
export type Panel = "help" | "history" | "inspector" | "runs" | "viewer";

/** All that the page shows. Only the editor's actions change it. */
export interface EditorState {
  readonly connection: ConnectionState;
  readonly device: string;
  readonly catalogue: NodeCatalogue;
  readonly portTypes: PortCatalogue;
  /** The colour of each category of nodes. */
  readonly categoryRoles: ReadonlyMap<string, ColourRole>;
  readonly graphName: string;
  /** The graph the server offered. */
  readonly served: GraphDocument | undefined;
  /** The graph as it was opened; variants are named by how they differ from it. */
  readonly opened: GraphDocument;
  /** The graph whose older nodes the server was asked to migrate. */
  readonly migrating: { readonly requestId: string; readonly graph: GraphDocument } | undefined;
  readonly saved: GraphDocument;
  readonly history: History;
  readonly selection: Selection;
  /** What validation says of the graph as it stands. */
  readonly issues: readonly Issue[];
  /** Types of what flows along the graph's links; undefined before the catalogue is known. */
  readonly typing: CheckedGraph["typing"] | undefined;
  /** Derived from graph, issues and runs at each change. */
  readonly nodes: NodeIndex;
  readonly runs: Runs;
  /** Runs picked on the film strip, by request id: one to look at, or two to compare. */
  readonly picked: readonly string[];
  readonly gesture: LinkGesture | undefined;
  readonly search: Search | undefined;
  readonly menu: Menu | undefined;
  readonly notice: Notice | undefined;
  readonly openPanels: ReadonlySet<Panel>;
}

/** A graph without nodes. */
export const emptyGraph: GraphDocument = { format: "insightgraph", version: 1, nodes: {} };

/** The page before the server has answered. */
export const initialState: EditorState = {
  connection: "connecting",
  device: "",
  catalogue: {},
  portTypes: {},
  categoryRoles: new Map(),
  graphName: "",
  served: undefined,
  opened: emptyGraph,
  migrating: undefined,
  saved: emptyGraph,
  history: createHistory(emptyGraph),
  selection: emptySelection,
  issues: [],
  typing: undefined,
  nodes: new Map(),
  runs: [],
  picked: [],
  gesture: undefined,
  search: undefined,
  menu: undefined,
  notice: undefined,
  openPanels: new Set(["inspector", "runs"]),
};

/** The graph as it stands. */
export function graphOf(state: EditorState): GraphDocument {
  return state.history.present;
}
