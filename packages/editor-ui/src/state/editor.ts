import type { GraphDocument } from "@insightgraph/engine/graph";
import { UnreachableError } from "../connection/call-server.ts";
import type { DocumentsClient } from "../connection/documents-client.ts";
import { isUnderWay, requestRun, runsOfDocument } from "../connection/run-state.ts";
import { runsAt } from "../connection/runs-at.ts";
import {
  openSocketClient,
  type SocketClient,
  type SocketClientOptions,
} from "../connection/socket-client.ts";
import type { GraphEdit, InputEnd } from "../document/edits.ts";
import { drawSeeds } from "../document/free-seeds.ts";
import type { Level } from "../document/levels.ts";
import type { MarkName } from "../document/marks.ts";
import type { PortEnd } from "../document/port-end.ts";
import type { Selection } from "../document/selection.ts";
import type { ShownVariant } from "../document/shown-variant.ts";
import type { KeptView } from "../document/view.ts";
import type { CatalogueDocs } from "../messages/docs/catalogue-docs.ts";
import { words } from "../messages/messages.ts";
import { documentActions, type SaveOutcome } from "./document-actions.ts";
import { openDocumentLink } from "./document-link.ts";
import {
  editGraph,
  editWhole,
  endStep,
  showLevel,
  showVariant,
  stepGraph,
} from "./document-steps.ts";
import {
  documentOf,
  type EditorState,
  graphOf,
  initialState,
  type Menu,
  type Notice,
  type Panel,
  type Search,
  shownDocument,
} from "./editor-state.ts";
import { failure } from "./failure.ts";
import { graphToMigrate } from "./migrate-steps.ts";
import { updateNodes } from "./node-facts.ts";
import {
  browse,
  clearSelection,
  closePanel,
  connected,
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
  /** An edit of the whole document, whichever subgraph of it is open. */
  editDocument(edit: GraphEdit): void;
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
  /** Shows the subgraph that nodes run, or a level around it. */
  showLevel(level: Level): void;
  /** Shows a variant of the document on the canvas, to read and to run; undefined goes back. */
  showVariant(variant: ShownVariant | undefined): void;
  /** Opens a menu, and selects what it is about. */
  openMenu(menu: Menu): void;
  closeMenu(): void;
  /** @param id the node whose title is being typed; undefined ends that */
  startRenaming(id: string | undefined): void;
  /** @param mark the frame or note whose words are being typed; undefined ends that */
  startWriting(mark: MarkName | undefined): void;
  /** @param id the node over whose picture a mask is painted; undefined ends that */
  paintMask(id: string | undefined): void;
  toggleSnapping(): void;
  /** @param outputs ids of the wanted nodes; omitted: every output of the graph */
  run(outputs?: readonly string[]): void;
  /** @param runId omitted: every run that is queued or running */
  cancel(runId?: string): void;
  /** Takes a run that the server no longer has off the page. */
  forgetRun(runId: string): void;
  /** @param isCompared compares the run with the one picked before */
  pickRun(requestId: string, isCompared: boolean): void;
  /** Opens a graph beside the documents that are open. */
  openGraph(graph: GraphDocument, name: string): Promise<void>;
  /** Opens a graph file of the workspace. */
  openFile(file: string): Promise<void>;
  /** Opens a graph from an https address; nothing of it runs by itself. */
  openAddress(address: string): Promise<void>;
  /** Opens a graph without nodes. */
  newGraph(): Promise<void>;
  /** Shows another open document. */
  showDocument(id: string): void;
  /** Closes a document, or asks first where that would lose work. @param id omitted: it stays open */
  askToClose(id: string | undefined): void;
  /** Closes a document for all windows; edits that are in no file are gone. */
  closeDocument(id: string): Promise<void>;
  /**
   * Writes the document to its file, or to another one from now on.
   * @param isOverwriting whether a file that belongs to something else, or that somebody changed, is replaced
   */
  saveDocument(file?: string, isOverwriting?: boolean): Promise<SaveOutcome>;
  /** Keeps where the canvas stands with the document. */
  rememberView(view: KeptView): void;
  togglePanel(panel: Panel): void;
  closePanel(panel: Panel): void;
  /** Looks through a data set. @param path undefined: offers those that there are */
  browse(path: string | undefined): void;
  /** Sends what is pending at once, as the page may be gone in a moment. */
  flush(): void;
  notify(notice: Notice): void;
  dismissNotice(): void;
  close(): void;
}

/** What an editor needs from the browser. */
export type EditorOptions = Pick<SocketClientOptions, "open" | "wait"> & {
  createRequestId(): string;
  readonly documents: DocumentsClient;
  /** The document that this window showed before a reload. */
  readonly lastDocument?: string;
  /** The descriptions in the language of the page, where it is not the catalogue's own. */
  readonly docs?: CatalogueDocs | undefined;
};

type StateStore = Store<EditorState>;

/** Connects to the server; the editor's state changes through its actions and the server's messages. */
export function createEditor(options: EditorOptions): Editor {
  const { createRequestId, lastDocument, docs } = options;
  const store = createStateStore({
    ...initialState,
    wanted: lastDocument,
    docs,
    step: createRequestId(),
  });
  const { set } = store;
  const client = openSocketClient({
    open: options.open,
    wait: options.wait,
    onMessage(message) {
      set((state) => receive(state, message));
      migrate(store, client, createRequestId);
    },
    onConnection: (connection) => set((state) => connected(state, connection)),
  });
  const link = openDocumentLink({ store, client, wait: options.wait });
  return {
    store,
    ...graphActions(store, createRequestId),
    ...pageActions(store),
    ...documentActions({ store, link, documents: options.documents }),
    rememberView: link.rememberView,
    flush: link.flush,
    run(outputs) {
      const edit = drawSeeds(documentOf(store.get()));
      if (edit !== undefined) {
        set((state) => editWhole(state, createRequestId(), edit, "seeds-of-a-run"));
      }
      run(store, client, createRequestId(), outputs);
    },
    cancel(only) {
      for (const { runId } of store.get().runs.filter(isUnderWay)) {
        const isMeant = only === undefined || only === runId;
        if (runId === undefined || !isMeant || client.send({ type: "cancel", runId })) continue;
        store.set(unreachable);
      }
    },
    close() {
      link.close();
      client.close();
    },
  };
}

/** A store whose facts about nodes follow each change. */
function createStateStore(initial: EditorState): StateStore {
  const store = createStore<EditorState>(initial);
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
  const { document, issues, level } = state;
  const runs = runsAt(runsOfDocument(state.runs, document?.id), level);
  return { graph: graphOf(state), issues, runs };
}

function graphActions({ set }: StateStore, createId: () => string) {
  return {
    edit: (edit, label) => set((state) => editGraph(state, createId(), edit, label)),
    editDocument: (edit) => set((state) => editWhole(state, createId(), edit, undefined)),
    endStep: () => set((state) => endStep(state, createId())),
    undo: () => set((state) => stepGraph(state, createId(), "undo")),
    redo: () => set((state) => stepGraph(state, createId(), "redo")),
  } satisfies Partial<Editor>;
}

function pageActions({ set }: StateStore) {
  return {
    select: (selection) => set((state) => ({ ...state, selection })),
    clearSelection: () => set(clearSelection),
    startLink: (from, detached) => set((state) => startLink(state, from, detached)),
    endLink: () => set((state) => ({ ...state, gesture: undefined })),
    openSearch: (search) => set((state) => ({ ...state, search })),
    showLevel: (level) => set((state) => showLevel(state, level)),
    showVariant: (variant) => set((state) => showVariant(state, variant)),
    openMenu: (menu) => set((state) => openMenu(state, menu)),
    startWriting: (writing) => set((state) => ({ ...state, writing })),
    paintMask: (painting) => set((state) => ({ ...state, painting })),
    toggleSnapping: () => set((state) => ({ ...state, isSnapping: !state.isSnapping })),
    startRenaming: (renaming) => set((state) => ({ ...state, renaming })),
    closeMenu: () => set((state) => ({ ...state, menu: undefined })),
    closeSearch: () => set((state) => ({ ...state, search: undefined })),
    forgetRun: (runId) =>
      set((state) => ({ ...state, runs: state.runs.filter((run) => run.runId !== runId) })),
    pickRun: (requestId, isCompared) => set((state) => pickRun(state, requestId, isCompared)),
    togglePanel: (panel) => set((state) => togglePanel(state, panel)),
    closePanel: (panel) => set((state) => closePanel(state, panel)),
    browse: (path) => set((state) => browse(state, path)),
    notify: (notice) => set((state) => ({ ...state, notice })),
    dismissNotice: () => set((state) => ({ ...state, notice: undefined })),
  } satisfies Partial<Editor>;
}

/** Asks for the graph in the versions that are served, where some of its nodes are older. */
function migrate(store: StateStore, client: SocketClient, createRequestId: () => string): void {
  const graph = graphToMigrate(store.get());
  if (graph === undefined) return;
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
  const graph = shownDocument(store.get());
  const { level } = store.get();
  const ids = outputs?.map((id) => [...level, id].join("/"));
  const wanted = ids === undefined ? {} : { outputs: ids };
  const { document } = store.get();
  const from = document === undefined ? {} : { documentId: document.id };
  if (!client.send({ type: "run", requestId, graph, ...wanted, ...from })) {
    store.set(unreachable);
    return;
  }
  store.set((state) => {
    const runs = requestRun(state.runs, { requestId, graph, ...from });
    return { ...state, notice: undefined, runs, picked: [] };
  });
}

/** The state with a notice that what was asked for did not reach the server. */
function unreachable(state: EditorState): EditorState {
  return { ...state, notice: failure(new UnreachableError(words.page.notSent)) };
}

/** Whether a run is queued or running. */
export function isRunning(state: EditorState): boolean {
  return state.runs.some(isUnderWay);
}
