import {
  catalogueFor,
  type GraphDocument,
  isUpToDate,
  type NodeCatalogue,
  parseGraph,
  stringifyGraph,
  subgraphName,
  validateGraph,
} from "@insightgraph/engine/graph";
import type { RunSnapshot, ServerMessage } from "@insightgraph/engine/protocol";
import { describeThrown, issueSentences } from "./connection/issue-words.ts";
import { askForRun, catchUp, isUnderWay, loseRuns, reduceRuns } from "./connection/run-state.ts";
import {
  openSocketClient,
  type SocketClient,
  type SocketClientOptions,
} from "./connection/socket-client.ts";
import { type GraphEdit, nodeOf } from "./document/edits.ts";
import { applyEdit, createHistory, endStep, type History, redo, undo } from "./document/history.ts";
import { withPlaces } from "./document/layout.ts";
import { nodeSize } from "./document/measures.ts";
import { emptySelection, pruneSelection, type Selection } from "./document/selection.ts";
import { describeVariant } from "./document/variant.ts";
import {
  type EditorState,
  emptyGraph,
  graphOf,
  initialState,
  type Notice,
} from "./editor-state.ts";
import { createStore, type Store } from "./store.ts";

/** All a person can do, whichever key, button or gesture asks for it. */
export interface Editor {
  readonly store: Store<EditorState>;
  patch(part: Partial<EditorState>): void;
  /** @param label a name under which edits in a row make one undo step */
  edit(edit: GraphEdit, label?: string): void;
  endStep(): void;
  undo(): void;
  redo(): void;
  select(selection: Selection): void;
  run(outputs?: readonly string[]): void;
  cancel(): void;
  openGraph(text: string, name: string): void;
  /** @returns the graph as JSON text, which now counts as saved. */
  saveGraph(): string;
  loadServed(): void;
  newGraph(): void;
  tell(notice: Notice | undefined): void;
  close(): void;
}

export type EditorOptions = Pick<SocketClientOptions, "open" | "wait"> & {
  createRequestId(): string;
};

export function createEditor(options: EditorOptions): Editor {
  const store = createStore<EditorState>(initialState);
  const patch = (part: Partial<EditorState>) => store.set((state) => ({ ...state, ...part }));
  const client = openSocketClient({
    open: options.open,
    wait: options.wait,
    onMessage: (message) => store.set((state) => receive(state, message)),
    onLink: (link) => patch({ link }),
  });
  const change = (step: (history: History) => History) =>
    store.set((state) => withHistory(state, step(state.history)));
  const tell = (notice: Notice | undefined) => store.set((state) => withNotice(state, notice));

  return {
    store,
    patch,
    edit: (edit, label) => change((history) => applyEdit(history, edit, label)),
    endStep: () => change(endStep),
    undo: () => change(undo),
    redo: () => change(redo),
    select: (selection) => patch({ selection }),
    run: (outputs) => run(store, client, options.createRequestId(), outputs),
    cancel() {
      for (const { phase, runId } of store.get().runs) {
        if (phase === "running" && runId !== undefined) client.send({ type: "cancel", runId });
      }
    },
    openGraph(text, name) {
      try {
        const graph = parseGraph(text);
        store.set((state) => ({ ...withGraph(state, graph), graphName: name }));
        migrate(store, client, options.createRequestId);
      } catch (thrown) {
        tell({ tone: "failed", text: `${name} could not be opened: ${describeThrown(thrown)}` });
      }
    },
    saveGraph() {
      store.set((state) => ({ ...state, saved: graphOf(state) }));
      return stringifyGraph(graphOf(store.get()));
    },
    loadServed: () =>
      store.set((state) => (state.served === undefined ? state : withGraph(state, state.served))),
    newGraph: () => store.set((state) => withGraph(state, emptyGraph)),
    tell,
    close: client.close,
  };
}

/** Asks for the opened graph in the versions that are served, where some of its nodes are older. */
function migrate(
  store: Store<EditorState>,
  client: SocketClient,
  createRequestId: () => string,
): void {
  const graph = graphOf(store.get());
  if (isUpToDate(graph, store.get().catalogue)) return;
  const requestId = createRequestId();
  const isSent = client.send({ type: "migrate", requestId, graph });
  if (isSent) store.set((state) => ({ ...state, migrating: { requestId, graph } }));
}

function run(
  store: Store<EditorState>,
  client: SocketClient,
  requestId: string,
  outputs: readonly string[] | undefined,
): void {
  const graph = graphOf(store.get());
  const wanted = outputs === undefined ? {} : { outputs };
  if (!client.send({ type: "run", requestId, graph, ...wanted })) {
    const text = "Not connected to the server. Start it again; the page connects by itself.";
    store.set((state) => withNotice(state, { tone: "failed", text }));
    return;
  }
  store.set((state) => ({
    ...withNotice(state, undefined),
    runs: askForRun(state.runs, {
      requestId,
      graph,
      variant: describeVariant(graph, state.opened, state.catalogue),
    }),
    picked: [],
  }));
}

function receive(state: EditorState, message: ServerMessage): EditorState {
  const next = { ...state, runs: reduceRuns(state.runs, message) };
  switch (message.type) {
    case "welcome":
      return withSnapshots(welcomed(next, message), message.runs);
    case "run-started":
      return withSnapshots(state, [{ ...message, events: [] }]);
    case "migrated":
      return withMigrated(next, message);
    case "run-rejected":
      return withNotice(next, {
        tone: "failed",
        text: "The graph cannot run yet.",
        issues: message.issues,
      });
    case "run-failed":
      return withNotice(next, { tone: "failed", text: "The run failed.", issues: [message.error] });
    case "server-failed":
      return withNotice(next, { tone: "failed", text: issueSentences(message.error) });
    default:
      return next;
  }
}

function welcomed(
  state: EditorState,
  { catalogue, device, graph, graphName }: Extract<ServerMessage, { type: "welcome" }>,
): EditorState {
  const runs = loseRuns(state.runs);
  // A second welcome follows a lost connection: the graph on the page stays.
  if (state.served !== undefined) {
    const known = knownTypes(graphOf(state), catalogue);
    return withIssues({ ...state, runs, catalogue: known, device });
  }
  return withGraph({ ...state, runs, catalogue, device, graphName, served: graph }, graph);
}

/** Runs of all pages of this server, those that this page asked for before it was reloaded among them. */
function withSnapshots(state: EditorState, snapshots: readonly RunSnapshot[]): EditorState {
  const nameVariant = (graph: GraphDocument) => {
    return describeVariant(graph, state.opened, state.catalogue);
  };
  const runs = snapshots.reduce(
    (known, snapshot) => catchUp(known, snapshot, nameVariant),
    state.runs,
  );
  return { ...state, runs };
}

function withGraph(state: EditorState, graph: GraphDocument): EditorState {
  const catalogue = knownTypes(graph, state.catalogue);
  const placed = withPlaces(graph, (id) => nodeSize(nodeOf(graph, id), catalogue));
  return withIssues({
    ...withNotice(state, undefined),
    catalogue,
    history: createHistory(placed),
    opened: placed,
    saved: placed,
    selection: emptySelection,
  });
}

/** The migrated graph in place of the opened one, unless the person has gone on with that meanwhile. */
function withMigrated(
  state: EditorState,
  { requestId, graph }: Extract<ServerMessage, { type: "migrated" }>,
): EditorState {
  const { migrating } = state;
  if (migrating?.requestId !== requestId || graphOf(state) !== migrating.graph) return state;
  const text = "Nodes of older versions were brought up to date. Save the graph to keep it so.";
  const current = { ...withGraph(state, graph), saved: state.saved };
  return withNotice(current, { tone: "info", text });
}

/** The node types a graph may use: those served, and those that its own definitions make. */
function knownTypes(graph: GraphDocument, catalogue: NodeCatalogue): NodeCatalogue {
  const served = Object.entries(catalogue).filter(([type]) => subgraphName(type) === undefined);
  return catalogueFor(graph, Object.fromEntries(served));
}

function withHistory(state: EditorState, history: History): EditorState {
  if (history === state.history) return state;
  if (history.present === state.history.present) return { ...state, history };
  const selection = pruneSelection(state.selection, history.present);
  return withIssues({ ...state, history, selection });
}

function withIssues(state: EditorState): EditorState {
  const isEmpty = Object.keys(state.catalogue).length === 0;
  return { ...state, issues: isEmpty ? [] : validateGraph(graphOf(state), state.catalogue) };
}

function withNotice(state: EditorState, notice: Notice | undefined): EditorState {
  const { notice: _, ...rest } = state;
  return notice === undefined ? rest : { ...rest, notice };
}

export function isRunning(state: EditorState): boolean {
  return state.runs.some(isUnderWay);
}
