import { randomUUID } from "node:crypto";
import path from "node:path";
import { EngineError } from "../errors.ts";
import type { GraphDocument, JsonObject } from "../graph/document.ts";
import { stringifyGraph } from "../graph/stringify-graph.ts";
import type {
  DocumentMessage,
  DocumentState,
  DocumentSummary,
  FileVersion,
  GraphFile,
  Patch,
} from "../protocol/document.ts";
import { type FileVersions, openFileVersions } from "./file-versions.ts";
import { openDocument } from "./open-document.ts";
import { createOpenDocuments, type OpenDocuments } from "./open-documents.ts";
import { restoreDocuments } from "./restore-documents.ts";
import { type SaveRequest, saveGraph } from "./saving.ts";
import {
  type Change,
  isUnchanged,
  type SavedFile,
  summaryOf,
  titleOf,
  type WorkingCopy,
} from "./working-copy.ts";
import {
  checkedName,
  digestOf,
  fileExists,
  makeFolder,
  openWorkspace,
  type Workspace,
} from "./workspace.ts";

/** An edit, undo or redo of a document. */
export interface EditRequest {
  /** The sender's own name for it. */
  readonly editId: string;
  /** The version that it was made for. */
  readonly version: number;
}

/** Open documents and the files of their workspace, for all pages of a server. */
export interface DocumentStore {
  /** Graph files in the workspace folder. */
  files(): Promise<readonly GraphFile[]>;
  /** The open documents, in the order in which they were opened. */
  list(): readonly DocumentSummary[];
  /** Throws: `document.unknown`, as all that follow. */
  get(id: string): DocumentState;
  /** Opens a file; one that is open already stays as it is. Throws: `file.*`, `graph.*`. */
  open(file: string): Promise<DocumentState>;
  /** Opens a graph that has no file yet. */
  create(name: string, graph: GraphDocument): Promise<DocumentState>;
  /** Once this resolves, nothing forgets the edit. Throws: `document.stale`, `document.patch`, `graph.*`. */
  edit(
    id: string,
    request: EditRequest & { readonly patches: readonly Patch[]; readonly label?: string },
  ): Promise<DocumentSummary>;
  undo(id: string, request: EditRequest): Promise<DocumentSummary>;
  redo(id: string, request: EditRequest): Promise<DocumentSummary>;
  /** Keeps what a page wants to find again; nobody else is told. */
  view(id: string, viewState: JsonObject): Promise<void>;
  /** Writes the file. Throws: `document.file-exists`, `document.file-changed`, failed writes. */
  save(id: string, request: SaveRequest): Promise<DocumentSummary>;
  /** Gives the document, and its file if it has one, another name. Throws: `document.file-exists`. */
  rename(id: string, name: string): Promise<DocumentSummary>;
  /** Forgets a document. Throws: `document.unsaved` for one with unsaved edits, unless they are discarded. */
  close(id: string, isDiscarding: boolean): Promise<void>;
  /** Deletes a file; its versions stay. Throws: `document.file-open` while it is open. */
  removeFile(file: string): Promise<void>;
  /**
   * Writes a graph into `nodes/NAME.json`, where other graphs find it as a node.
   * @returns the file. Throws: `document.file-exists`, `document.file-open`, failed writes.
   */
  saveNode(name: string, graph: GraphDocument, isOverwriting: boolean): Promise<string>;
  /** A graph whose one subgraph of this name is read from a file. Throws: `graph.file` where it cannot be. */
  reference(name: string, file: string): Promise<GraphDocument>;
  versions(file: string): Promise<readonly FileVersion[]>;
  readVersion(file: string, versionId: string): Promise<GraphDocument>;
  /** Counts a window that shows the document. @returns ends that */
  join(id: string): () => void;
  /** @returns ends the subscription */
  subscribe(listener: (message: DocumentMessage) => void): () => void;
  /** Closes the files; open documents are there again the next time. */
  end(): Promise<void>;
}

/** Where a store keeps what. */
export interface DocumentStoreOptions {
  /** The workspace: the folder whose graph files are opened and saved. */
  readonly folder: string;
  /** Where working copies and versions are kept. */
  readonly dataDir: string;
  /** Reads a graph from the bytes of a file, with the graph files that it refers to. */
  readonly readGraph: (bytes: Uint8Array, file: string) => Promise<GraphDocument>;
  /** Reads the graph files that a graph refers to, from the workspace folder. Throws: `graph.file`. */
  readonly resolve: (graph: GraphDocument) => Promise<GraphDocument>;
  /** Receives what went wrong with documents while the store was opened. */
  readonly log: (text: string) => void;
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number;
}

function fileOpen(file: string): EngineError {
  return new EngineError("document.file-open", `"${file}" is open as a document`, {
    hint: "Close that document first.",
  });
}

function checkVersion(copy: WorkingCopy, version: number): void {
  if (copy.version === version) return;
  throw new EngineError(
    "document.stale",
    `the edit was made for version ${version}; the document is at ${copy.version}`,
    { hint: "Take the current document, and make the edit again." },
  );
}

function refuseUnsaved(copy: WorkingCopy): void {
  const { past, saved } = copy;
  if (isUnchanged(copy) || (saved === undefined && past.length === 0)) return;
  const where = saved === undefined ? "has never been saved" : `has edits that ${saved.file} lacks`;
  throw new EngineError("document.unsaved", `the document ${where}`, {
    hint: "Save it first, or ask for its edits to be discarded.",
  });
}

/** A working copy of a graph that nobody has edited. */
function newCopy(graph: GraphDocument, title: string, openedMs: number): WorkingCopy {
  const id = randomUUID();
  return {
    id,
    title,
    openedMs,
    graph,
    version: 0,
    past: [],
    future: [],
    firstStep: 0,
    recentEdits: [],
  };
}

/** What the operations of a store share. */
interface Shelf {
  readonly documents: OpenDocuments;
  readonly workspace: Workspace;
  readonly versions: FileVersions;
}

/** Edits of the graphs of open documents. */
function createEdits({ documents }: Shelf): Pick<DocumentStore, "edit" | "undo" | "redo" | "view"> {
  const change = async (
    id: string,
    { version }: EditRequest,
    entry: Extract<Change, { readonly editId: string }>,
  ): Promise<DocumentSummary> => {
    const wasSaved = documents.summary(id).isSaved;
    const { copy, patches } = await documents.find(id).change((current) => {
      checkVersion(current, version);
      return entry;
    });
    const document = summaryOf(copy, documents.windowsOf(id));
    documents.tell({ type: "document-changed", document, patches, editId: entry.editId });
    if (wasSaved !== document.isSaved) documents.tellList();
    return document;
  };
  return {
    edit(id, { editId, patches, label, ...request }) {
      const named = label === undefined ? {} : { label };
      return change(id, { editId, ...request }, { type: "edit", editId, patches, ...named });
    },
    undo: (id, request) => change(id, request, { type: "undo", editId: request.editId }),
    redo: (id, request) => change(id, request, { type: "redo", editId: request.editId }),
    async view(id, viewState) {
      await documents.find(id).change(() => ({ type: "view", viewState }));
    },
  };
}

/** Graphs that others use as nodes, in a folder of their own. */
function createNodeFiles(
  { documents, workspace, versions }: Shelf,
  { folder, resolve }: Pick<DocumentStoreOptions, "folder" | "resolve">,
): Pick<DocumentStore, "saveNode" | "reference"> {
  return {
    async saveNode(name, graph, isOverwriting) {
      const file = checkedName(`nodes/${name}`);
      if (documents.withFile(file) !== undefined) throw fileOpen(file);
      await makeFolder(path.join(folder, path.dirname(file)));
      const present = await workspace.find(file);
      if (present !== undefined && !isOverwriting) throw fileExists(file);
      if (present !== undefined) await versions.keep(file, present);
      const text = stringifyGraph(graph);
      await versions.keep(file, text);
      await workspace.write(file, text);
      return file;
    },
    reference: (name, file) =>
      resolve({
        format: "insightgraph",
        version: 1,
        nodes: {},
        graphs: { [name]: { file, nodes: {} } },
      }),
  };
}

/** Saves and renames; a change of the document is made of what the file has become. */
function createSaves(shelf: Shelf): Pick<DocumentStore, "save" | "rename" | "removeFile"> {
  const { documents, workspace, versions } = shelf;
  const settle = async (id: string, make: (copy: WorkingCopy) => Promise<Change>) => {
    await documents.find(id).change(make);
    documents.tellList();
    return documents.summary(id);
  };
  return {
    save: (id, request) =>
      settle(id, async (copy) => {
        const other = request.file && documents.withFile(checkedName(request.file));
        if (other && other.copy.id !== id) throw fileOpen(request.file ?? "");
        return { type: "saved", saved: await saveGraph(shelf, copy, request) };
      }),
    rename: (id, name) =>
      settle(id, async ({ saved }) => {
        if (saved === undefined) return { type: "renamed", title: name };
        const file = checkedName(name);
        if (file === saved.file) return { type: "moved", saved };
        await workspace.rename(saved.file, file);
        await versions.move(saved.file, file);
        return { type: "moved", saved: { ...saved, file } };
      }),
    async removeFile(given) {
      const file = checkedName(given);
      if (documents.withFile(file) !== undefined) throw fileOpen(file);
      await versions.keep(file, await workspace.read(file));
      await workspace.remove(file);
    },
  };
}

/** Opens the store of a workspace, with the documents that were open when it was last used. */
export async function openDocumentStore(options: DocumentStoreOptions): Promise<DocumentStore> {
  const { folder, dataDir, readGraph, now = Date.now } = options;
  const root = path.join(dataDir, "documents", digestOf(path.resolve(folder)).slice(0, 32));
  await makeFolder(root);
  const restored = await restoreDocuments(root, options.log);
  const documents = createOpenDocuments(restored);
  const workspace = openWorkspace(folder);
  const versions = openFileVersions(path.join(root, "versions"), now);
  const shelf: Shelf = { documents, workspace, versions };

  const add = async (copy: WorkingCopy): Promise<DocumentState> =>
    documents.add(await openDocument(path.join(root, `${copy.id}.jsonl`), copy));
  // Documents that are opened in one millisecond keep their order too.
  const nextMs = (): number => Math.max(now(), documents.lastOpenedMs() + 1);
  const opening = new Map<string, Promise<DocumentState>>();
  const openFile = async (file: string): Promise<DocumentState> => {
    const bytes = await workspace.read(file);
    const graph = await readGraph(bytes, file);
    const saved: SavedFile = { file, digest: digestOf(bytes) };
    return add({ ...newCopy(graph, titleOf(file), nextMs()), saved, savedStep: 0 });
  };
  return {
    ...createEdits(shelf),
    ...createSaves(shelf),
    ...createNodeFiles(shelf, options),
    files: () => workspace.list(),
    list: documents.list,
    get: documents.get,
    join: documents.join,
    subscribe: documents.subscribe,
    async open(given) {
      const file = checkedName(given);
      const open = documents.withFile(file);
      if (open !== undefined) return documents.get(open.copy.id);
      // Two windows that open a file at once get one document.
      const under = opening.get(file) ?? openFile(file).finally(() => opening.delete(file));
      opening.set(file, under);
      return under;
    },
    create: (name, graph) => add(newCopy(graph, name, nextMs())),
    async close(id, isDiscarding) {
      await documents.find(id).remove(isDiscarding ? () => {} : refuseUnsaved);
      documents.remove(id);
    },
    versions: (file) => versions.list(checkedName(file)),
    async readVersion(given, versionId) {
      const file = checkedName(given);
      return readGraph(await versions.read(file, versionId), file);
    },
    async end() {
      await Promise.all([...restored.values()].map((document) => document.close()));
    },
  };
}
