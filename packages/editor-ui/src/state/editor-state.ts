import type {
  CheckedGraph,
  ColourRole,
  GraphDocument,
  Issue,
  NodeCatalogue,
  PortCatalogue,
} from "@insightgraph/engine/graph";
import type { DocumentSummary } from "@insightgraph/engine/protocol";
import type { Runs } from "../connection/run-state.ts";
import type { ConnectionState } from "../connection/socket-client.ts";
import type { FitCheck } from "../document/compatibility.ts";
import type { InputEnd, Point } from "../document/edits.ts";
import { graphAt, type Level } from "../document/levels.ts";
import type { MarkName } from "../document/marks.ts";
import type { PortEnd } from "../document/port-end.ts";
import { emptySelection, type Selection } from "../document/selection.ts";
import { asVariant, type ShownVariant } from "../document/shown-variant.ts";
import { createSynced, type SyncedGraph } from "../document/synced-graph.ts";
import type { KeptView } from "../document/view.ts";
import type { CatalogueDocs } from "../messages/docs/catalogue-docs.ts";
import type { NodeIndex } from "./node-facts.ts";

/** A link being dragged from a port. */
export interface LinkGesture {
  readonly from: PortEnd;
  /** The link that was picked up at its input end, if it existed before. */
  readonly detached?: InputEnd;
  readonly whyUnfit: FitCheck;
}

/** What is searched for, and what becomes of what is found. */
export type SearchTask =
  /** A node to add, linked with a port if one is named. */
  | { readonly kind: "add"; readonly from?: PortEnd }
  /** The port, or the param, of a node at which a link is to end. */
  | { readonly kind: "join"; readonly from: PortEnd; readonly node: string }
  /** A node through which a link comes to one of some ports where it does not fit by itself. */
  | { readonly kind: "convert"; readonly from: PortEnd; readonly ends: readonly PortEnd[] }
  /** A node to come between the ends of a link. */
  | { readonly kind: "insert"; readonly end: InputEnd }
  /** A node type for a node to have instead of its own. */
  | { readonly kind: "replace"; readonly id: string }
  /** A node type for a node to have in a variant of the graph. */
  | { readonly kind: "variant"; readonly id: string }
  /** A node of the graph to look at. */
  | { readonly kind: "find" };

/** Where the search popup is open and what it is for. */
export interface Search {
  /** On the screen, in px. */
  readonly at: Point;
  /** On the canvas: where a found node goes. */
  readonly place: Point;
  readonly task: SearchTask;
}

/** What a menu is opened on. */
export type MenuTarget =
  | { readonly kind: "canvas" }
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "link"; readonly end: InputEnd }
  | { readonly kind: "port"; readonly end: PortEnd }
  | { readonly kind: "mark"; readonly mark: MarkName }
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
  /** It says that the server is away. */
  readonly isAboutConnection?: true;
}

/** Panels that can be folded away, and sheets that lie over the page. */
export type Panel =
  | "ablation"
  | "datasets"
  | "app"
  | "cluster"
  | "help"
  | "link"
  | "palette"
  | "settings"
  | "tables"
  | "history"
  | "inspector"
  | "runs"
  | "save"
  | "save-node"
  | "share"
  | "start"
  | "viewer";

/** All that the page shows. Only the editor's actions change it. */
export interface EditorState {
  readonly connection: ConnectionState;
  /** Whether the server has said, since the last connection, what it has. */
  readonly isWelcome: boolean;
  readonly device: string;
  /** The whole path of the server's folder of graphs. */
  readonly workspace: string;
  /** The node types, in the language of the page. */
  readonly catalogue: NodeCatalogue;
  /** What the server calls its node types. */
  readonly englishTitles: ReadonlyMap<string, string>;
  /** The descriptions in the language of the page, where it is not the catalogue's own. */
  readonly docs: CatalogueDocs | undefined;
  readonly portTypes: PortCatalogue;
  /** The colour of each category of nodes. */
  readonly categoryRoles: ReadonlyMap<string, ColourRole>;
  /** Every document that is open on the server; pages share them. */
  readonly documents: readonly DocumentSummary[];
  /** The document that this page shows; undefined before the server has sent one. */
  readonly document: DocumentSummary | undefined;
  /** The document that this page is to show. */
  readonly wanted: string | undefined;
  /** The graph that the server was started with, and its document. */
  readonly served: { readonly documentId: string; readonly graph: GraphDocument } | undefined;
  /** The graph as it was opened; variants are named by how they differ from it. */
  readonly opened: GraphDocument;
  /** The graph whose older nodes the server was asked to migrate. */
  readonly migrating: { readonly requestId: string; readonly graph: GraphDocument } | undefined;
  /** The graph of the document: what the server has of it, and what this page has changed since. */
  readonly synced: SyncedGraph;
  /** Another one where a person ends a step, so that the next edit of the same name begins anew; no two windows have the same. */
  readonly step: string;
  /** The last step back or forward that this window took. */
  readonly lastStep: { readonly kind: "undo" | "redo" } | undefined;
  /** The nodes that were opened to see the subgraphs they run, from the document inward. */
  readonly level: Level;
  /** The variant of the document that the canvas shows in its place. */
  readonly variant: ShownVariant | undefined;
  /** Where the canvas stood when the document was last looked at. */
  readonly lastView: KeptView | undefined;
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
  /** The node whose title is being typed. */
  readonly renaming: string | undefined;
  /** The frame or note whose words are being typed. */
  readonly writing: MarkName | undefined;
  /** The node over whose picture a mask is being painted. */
  readonly painting: string | undefined;
  /** Whether what is moved by hand snaps to a grid. */
  readonly isSnapping: boolean;
  readonly notice: Notice | undefined;
  readonly openPanels: ReadonlySet<Panel>;
  /** The data set that the page looks through. */
  readonly dataset: string | undefined;
  /** The document whose closing waits for a decision. */
  readonly closing: string | undefined;
}

/** A graph without nodes. */
export const emptyGraph: GraphDocument = { format: "insightgraph", version: 1, nodes: {} };

/** The page before the server has answered. */
export const initialState: EditorState = {
  connection: "connecting",
  isWelcome: false,
  device: "",
  workspace: "",
  catalogue: {},
  englishTitles: new Map(),
  docs: undefined,
  portTypes: {},
  categoryRoles: new Map(),
  documents: [],
  document: undefined,
  wanted: undefined,
  served: undefined,
  opened: emptyGraph,
  migrating: undefined,
  synced: createSynced(emptyGraph, 0),
  step: "",
  lastStep: undefined,
  level: [],
  variant: undefined,
  lastView: undefined,
  selection: emptySelection,
  issues: [],
  typing: undefined,
  nodes: new Map(),
  runs: [],
  picked: [],
  gesture: undefined,
  search: undefined,
  menu: undefined,
  renaming: undefined,
  writing: undefined,
  painting: undefined,
  isSnapping: false,
  notice: undefined,
  openPanels: new Set(["inspector", "runs"]),
  dataset: undefined,
  closing: undefined,
};

/** The graph that the canvas shows: the document's own, or the subgraph that is open. */
export function graphOf(state: EditorState): GraphDocument {
  return graphAt(shownDocument(state), state.level);
}

/** The whole document, as the variant that the canvas shows. */
export function shownDocument({ synced, catalogue, variant }: EditorState): GraphDocument {
  return asVariant(synced.shown, catalogue, variant);
}

/** The whole document as it stands. */
export function documentOf(state: EditorState): GraphDocument {
  return state.synced.shown;
}

/** Whether there is a step back: one that the server keeps, or an edit that it has not taken yet. */
export function canUndo(state: EditorState): boolean {
  return stepsOf(state, "undo") > 0;
}

/** Whether there is a step forward. */
export function canRedo(state: EditorState): boolean {
  return stepsOf(state, "redo") > 0;
}

function stepsOf({ document, synced }: EditorState, kind: "undo" | "redo"): number {
  let undo = document?.undoSteps ?? 0;
  let redo = document?.redoSteps ?? 0;
  for (const change of synced.pending) {
    if (change.kind === "edit") [undo, redo] = [undo + 1, 0];
    else if (change.kind === "undo") [undo, redo] = [undo - 1, redo + 1];
    else [undo, redo] = [undo + 1, redo - 1];
  }
  return kind === "undo" ? undo : redo;
}

/** Where the work on a document is kept: in its file, on the server only, or on this page only. */
export function keptIn({ document, synced, isWelcome }: EditorState): "file" | "server" | "page" {
  if (synced.pending.length > 0) return isWelcome ? "server" : "page";
  return document?.isSaved === true ? "file" : "server";
}
