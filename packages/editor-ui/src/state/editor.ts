import {
  type GraphDocument,
  isUpToDate,
  parseGraph,
  stringifyGraph,
} from "@insightgraph/engine/graph";
import { describeThrown } from "../connection/issue-words.ts";
import { isUnderWay, requestRun } from "../connection/run-state.ts";
import {
  openSocketClient,
  type SocketClient,
  type SocketClientOptions,
} from "../connection/socket-client.ts";
import type { GraphEdit, InputEnd } from "../document/edits.ts";
import { applyEdit, endStep, redo, undo } from "../document/history.ts";
import type { PortEnd } from "../document/port-end.ts";
import type { Selection } from "../document/selection.ts";
import { describeVariant } from "../document/variant.ts";
import {
  type EditorState,
  emptyGraph,
  graphOf,
  initialState,
  type Menu,
  type Notice,
  type Panel,
  type Search,
} from "./editor-state.ts";
import { goTo, openGraph } from "./graph-steps.ts";
import { updateNodes } from "./node-facts.ts";
import {
  clearSelection,
  closePanel,
  openMenu,
  pickRun,
  startLink,
  togglePanel,
} from "./page-steps.ts";
import { receive } from "./receive.ts";
import { createStore, type ReadableStore, type Store } from "./store.ts";

/** All a person can do, whichever key, button or gesture asks for it. */
export interface Editor {
  readonly store: ReadableStore<EditorState>;
  /** @param label a name under which consecutive edits make one undo step */
  edit(edit: GraphEdit, label?: string): void;
  endStep(): void;
  undo(): void;
  redo(): void;
  select(selection: Selection): void;
  clearSelection(): void;
  /** @param detached the link that is picked up at its input end, if there is one */
  startLink(from: PortEnd, detached?: InputEnd): void;
  endLink(): void;
  openSearch(search: Search): void;
  closeSearch(): void;
  /** Opens a menu, and selects what it is about. */
  openMenu(menu: Menu): void;
  closeMenu(): void;
  /** @param outputs ids of the wanted nodes; omitted: every output of the graph */
  run(outputs?: readonly string[]): void;
  /** @param runId omitted: every run that is queued or running */
  cancel(runId?: string): void;
  /** Takes a run that the server no longer has off the page. */
  forgetRun(runId: string): void;
  /** @param isCompared compares the run with the one picked before */
  pickRun(requestId: string, isCompared: boolean): void;
  openGraph(text: string, name: string): void;
  /** @returns the graph as JSON text, which now counts as saved. */
  saveGraph(): string;
  loadServed(): void;
  newGraph(): void;
  togglePanel(panel: Panel): void;
  closePanel(panel: Panel): void;
  notify(notice: Notice): void;
  dismissNotice(): void;
  close(): void;
}

/** What an editor needs from the browser. */
export type EditorOptions = Pick<SocketClientOptions, "open" | "wait"> & {
  createRequestId(): string;
};

type StateStore = Store<EditorState>;

/** Connects to the server; the editor's state changes through its actions and the server's messages. */
export function createEditor(options: EditorOptions): Editor {
  const store = createStateStore();
  const { set } = store;
  const client = openSocketClient({
    open: options.open,
    wait: options.wait,
    onMessage: (message) => set((state) => receive(state, message)),
    onConnection: (connection) => set((state) => ({ ...state, connection })),
  });
  const { createRequestId } = options;
  return {
    store,
    ...graphActions(store),
    ...pageActions(store),
    run: (outputs) => run(store, client, createRequestId(), outputs),
    cancel(only) {
      for (const { runId } of store.get().runs.filter(isUnderWay)) {
        const isMeant = only === undefined || only === runId;
        if (runId !== undefined && isMeant) client.send({ type: "cancel", runId });
      }
    },
    openGraph(text, name) {
      try {
        const graph = parseGraph(text);
        set((state) => ({ ...openGraph(state, graph), graphName: name }));
        migrate(store, client, createRequestId);
      } catch (thrown) {
        const text = `${name} could not be opened: ${describeThrown(thrown)}`;
        set((state) => ({ ...state, notice: { tone: "failed", text } }));
      }
    },
    close: client.close,
  };
}

/** A store whose facts about nodes follow each change. */
function createStateStore(): StateStore {
  const store = createStore<EditorState>(initialState);
  return {
    ...store,
    set: (update) =>
      store.set((before) => {
        const after = update(before);
        if (after === before) return before;
        return { ...after, nodes: updateNodes(before.nodes, sourcesOf(before), sourcesOf(after)) };
      }),
  };
}

function sourcesOf(state: EditorState) {
  return { graph: graphOf(state), issues: state.issues, runs: state.runs };
}

function graphActions({ get, set }: StateStore) {
  return {
    edit: (edit, label) => set((state) => goTo(state, applyEdit(state.history, edit, label))),
    endStep: () => set((state) => goTo(state, endStep(state.history))),
    undo: () => set((state) => goTo(state, undo(state.history))),
    redo: () => set((state) => goTo(state, redo(state.history))),
    saveGraph() {
      set((state) => ({ ...state, saved: graphOf(state) }));
      return stringifyGraph(graphOf(get()));
    },
    loadServed: () => set((state) => openServed(state, state.served)),
    newGraph: () => set((state) => openGraph(state, emptyGraph)),
  } satisfies Partial<Editor>;
}

function openServed(state: EditorState, served: GraphDocument | undefined): EditorState {
  return served === undefined ? state : openGraph(state, served);
}

function pageActions({ set }: StateStore) {
  return {
    select: (selection) => set((state) => ({ ...state, selection })),
    clearSelection: () => set(clearSelection),
    startLink: (from, detached) => set((state) => startLink(state, from, detached)),
    endLink: () => set((state) => ({ ...state, gesture: undefined })),
    openSearch: (search) => set((state) => ({ ...state, search })),
    openMenu: (menu) => set((state) => openMenu(state, menu)),
    closeMenu: () => set((state) => ({ ...state, menu: undefined })),
    closeSearch: () => set((state) => ({ ...state, search: undefined })),
    forgetRun: (runId) =>
      set((state) => ({ ...state, runs: state.runs.filter((run) => run.runId !== runId) })),
    pickRun: (requestId, isCompared) => set((state) => pickRun(state, requestId, isCompared)),
    togglePanel: (panel) => set((state) => togglePanel(state, panel)),
    closePanel: (panel) => set((state) => closePanel(state, panel)),
    notify: (notice) => set((state) => ({ ...state, notice })),
    dismissNotice: () => set((state) => ({ ...state, notice: undefined })),
  } satisfies Partial<Editor>;
}

/** Asks for the opened graph in the versions that are served, where some of its nodes are older. */
function migrate(store: StateStore, client: SocketClient, createRequestId: () => string): void {
  const graph = graphOf(store.get());
  if (isUpToDate(graph, store.get().catalogue)) return;
  const requestId = createRequestId();
  const isSent = client.send({ type: "migrate", requestId, graph });
  if (isSent) store.set((state) => ({ ...state, migrating: { requestId, graph } }));
}

function run(
  store: StateStore,
  client: SocketClient,
  requestId: string,
  outputs: readonly string[] | undefined,
): void {
  const graph = graphOf(store.get());
  const wanted = outputs === undefined ? {} : { outputs };
  if (!client.send({ type: "run", requestId, graph, ...wanted })) {
    const text = "Not connected to the server. Restart the server; this page reconnects by itself.";
    store.set((state) => ({ ...state, notice: { tone: "failed", text } }));
    return;
  }
  store.set((state) => {
    const variant = describeVariant(graph, state.opened, state.catalogue);
    const runs = requestRun(state.runs, { requestId, graph, variant });
    return { ...state, notice: undefined, runs, picked: [] };
  });
}

/** Whether a run is queued or running. */
export function isRunning(state: EditorState): boolean {
  return state.runs.some(isUnderWay);
}
