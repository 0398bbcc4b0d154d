import { randomUUID } from "node:crypto";
import path from "node:path";
import { EngineError } from "../errors.ts";
import type { GraphDocument, JsonObject } from "../graph/document.ts";
import type {
  DocumentMessage,
  DocumentState,
  DocumentSummary,
  FileVersion,
  GraphFile,
  Patch,
} from "../protocol/document.ts";
import { openFileVersions } from "./file-versions.ts";
import { type OpenDocument, openDocument } from "./open-document.ts";
import { restoreDocuments } from "./restore-documents.ts";
import { type SaveRequest, saveGraph } from "./saving.ts";
import {
  type Change,
  type SavedFile,
  stateOf,
  summaryOf,
  titleOf,
  type WorkingCopy,
} from "./working-copy.ts";
import { checkedName, digestOf, makeFolder, openWorkspace } from "./workspace.ts";

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

function unknownDocument(id: string): EngineError {
  return new EngineError("document.unknown", `there is no open document "${id}"`, {
    hint: "List the open documents to see their ids.",
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

function refuseUnsaved({ past, saved }: WorkingCopy): void {
  const where = saved === undefined ? "has never been saved" : `has edits that ${saved.file} lacks`;
  if (saved === undefined && past.length === 0) return;
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

/** Opens the store of a workspace, with the documents that were open when it was last used. */
export async function openDocumentStore(options: DocumentStoreOptions): Promise<DocumentStore> {
  const { folder, dataDir, readGraph, now = Date.now } = options;
  const root = path.join(dataDir, "documents", digestOf(path.resolve(folder)).slice(0, 32));
  await makeFolder(root);
  const workspace = openWorkspace(folder);
  const versions = openFileVersions(path.join(root, "versions"), now);
  const documents = await restoreDocuments(root, options.log);
  const windows = new Map<string, number>();
  const listeners = new Set<(message: DocumentMessage) => void>();

  const tell = (message: DocumentMessage): void => {
    for (const listener of listeners) listener(message);
  };
  const windowsOf = (id: string): number => windows.get(id) ?? 0;
  const list = (): DocumentSummary[] =>
    [...documents.values()].map(({ copy }) => summaryOf(copy, windowsOf(copy.id)));
  const tellList = (): void => tell({ type: "documents", documents: list() });
  const find = (id: string): OpenDocument => {
    const document = documents.get(id);
    if (document === undefined) throw unknownDocument(id);
    return document;
  };
  const get = (id: string): DocumentState => stateOf(find(id).copy, windowsOf(id));
  const summary = (id: string): DocumentSummary => summaryOf(find(id).copy, windowsOf(id));
  const withFile = (file: string): OpenDocument | undefined =>
    [...documents.values()].find(({ copy }) => copy.saved?.file === file);
  // Documents that are opened in one millisecond keep their order too.
  const nextMs = (): number =>
    Math.max(now(), ...[...documents.values()].map(({ copy }) => copy.openedMs + 1));
  const add = async (copy: WorkingCopy): Promise<DocumentState> => {
    documents.set(copy.id, await openDocument(path.join(root, `${copy.id}.jsonl`), copy));
    tellList();
    return get(copy.id);
  };
  const change = async (
    id: string,
    { version, editId }: EditRequest,
    entry: Change,
  ): Promise<DocumentSummary> => {
    const wasSaved = summary(id).isSaved;
    const { copy, patches } = await find(id).change((copy) => {
      checkVersion(copy, version);
      return entry;
    });
    const document = summaryOf(copy, windowsOf(id));
    tell({ type: "document-changed", document, patches, editId });
    if (wasSaved !== document.isSaved) tellList();
    return document;
  };
  const settle = async (id: string, make: (copy: WorkingCopy) => Promise<Change>) => {
    await find(id).change(make);
    tellList();
    return summary(id);
  };
  const opening = new Map<string, Promise<DocumentState>>();
  const openFile = async (file: string): Promise<DocumentState> => {
    const bytes = await workspace.read(file);
    const graph = await readGraph(bytes, file);
    const saved: SavedFile = { file, digest: digestOf(bytes) };
    return add({ ...newCopy(graph, titleOf(file), nextMs()), saved, savedStep: 0 });
  };

  return {
    files: () => workspace.list(),
    list,
    get,
    async open(given) {
      const file = checkedName(given);
      const open = withFile(file);
      if (open !== undefined) return get(open.copy.id);
      // Two windows that open a file at once get one document.
      const under = opening.get(file) ?? openFile(file).finally(() => opening.delete(file));
      opening.set(file, under);
      return under;
    },
    create: (name, graph) => add(newCopy(graph, name, nextMs())),
    edit: (id, { patches, label, ...request }) =>
      change(id, request, {
        ...{ type: "edit", editId: request.editId, patches },
        ...(label === undefined ? {} : { label }),
      }),
    undo: (id, request) => change(id, request, { type: "undo", editId: request.editId }),
    redo: (id, request) => change(id, request, { type: "redo", editId: request.editId }),
    async view(id, viewState) {
      await find(id).change(() => ({ type: "view", viewState }));
    },
    save: (id, request) =>
      settle(id, async (copy) => {
        const other = request.file === undefined ? undefined : withFile(checkedName(request.file));
        if (other !== undefined && other.copy.id !== id) throw fileOpen(request.file ?? "");
        return { type: "saved", saved: await saveGraph({ workspace, versions }, copy, request) };
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
    async close(id, isDiscarding) {
      const document = find(id);
      if (!isDiscarding && !summary(id).isSaved) refuseUnsaved(document.copy);
      documents.delete(id);
      windows.delete(id);
      await document.remove();
      tellList();
    },
    async removeFile(given) {
      const file = checkedName(given);
      if (withFile(file) !== undefined) throw fileOpen(file);
      await versions.keep(file, await workspace.read(file));
      await workspace.remove(file);
    },
    versions: (file) => versions.list(checkedName(file)),
    async readVersion(given, versionId) {
      const file = checkedName(given);
      return readGraph(await versions.read(file, versionId), file);
    },
    join(id) {
      find(id);
      windows.set(id, windowsOf(id) + 1);
      tellList();
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        if (!documents.has(id)) return;
        windows.set(id, windowsOf(id) - 1);
        tellList();
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async end() {
      await Promise.all([...documents.values()].map((document) => document.close()));
    },
  };
}
