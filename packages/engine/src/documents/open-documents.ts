import { EngineError } from "../errors.ts";
import type { DocumentMessage, DocumentState, DocumentSummary } from "../protocol/document.ts";
import type { OpenDocument } from "./open-document.ts";
import { stateOf, summaryOf } from "./working-copy.ts";

/** The open documents, the windows that show them, and whoever follows them. */
export interface OpenDocuments {
  /** In the order in which they were opened. */
  list(): readonly DocumentSummary[];
  /** Throws: `document.unknown`, as all that take an id. */
  find(id: string): OpenDocument;
  get(id: string): DocumentState;
  summary(id: string): DocumentSummary;
  /** The document of a file; undefined where it is not open. */
  withFile(file: string): OpenDocument | undefined;
  windowsOf(id: string): number;
  /** After this, the document opened next comes after all others. */
  lastOpenedMs(): number;
  add(document: OpenDocument): DocumentState;
  remove(id: string): void;
  /** Counts a window. @returns ends that */
  join(id: string): () => void;
  tell(message: DocumentMessage): void;
  /** Tells the list of all documents. */
  tellList(): void;
  subscribe(listener: (message: DocumentMessage) => void): () => void;
}

function unknownDocument(id: string): EngineError {
  return new EngineError("document.unknown", `there is no open document "${id}"`, {
    hint: "List the open documents to see their ids.",
  });
}

/** Keeps the open documents. @param documents Those that were restored, by id. */
export function createOpenDocuments(documents: Map<string, OpenDocument>): OpenDocuments {
  const windows = new Map<string, number>();
  const listeners = new Set<(message: DocumentMessage) => void>();

  const tell = (message: DocumentMessage): void => {
    for (const listener of listeners) listener(message);
  };
  const windowsOf = (id: string): number => windows.get(id) ?? 0;
  const all = (): OpenDocument[] => [...documents.values()];
  const list = (): DocumentSummary[] =>
    all().map(({ copy }) => summaryOf(copy, windowsOf(copy.id)));
  const tellList = (): void => tell({ type: "documents", documents: list() });
  const find = (id: string): OpenDocument => {
    const document = documents.get(id);
    if (document === undefined) throw unknownDocument(id);
    return document;
  };
  const get = (id: string): DocumentState => stateOf(find(id).copy, windowsOf(id));
  const count = (id: string, change: 1 | -1): void => {
    if (!documents.has(id)) return;
    windows.set(id, windowsOf(id) + change);
    tellList();
  };
  return {
    list,
    find,
    get,
    summary: (id) => summaryOf(find(id).copy, windowsOf(id)),
    withFile: (file) => all().find(({ copy }) => copy.saved?.file === file),
    windowsOf,
    lastOpenedMs: () => Math.max(0, ...all().map(({ copy }) => copy.openedMs)),
    add(document) {
      documents.set(document.copy.id, document);
      tellList();
      return get(document.copy.id);
    },
    remove(id) {
      documents.delete(id);
      windows.delete(id);
      tellList();
    },
    join(id) {
      find(id);
      count(id, 1);
      let hasLeft = false;
      return () => {
        if (!hasLeft) count(id, -1);
        hasLeft = true;
      };
    },
    tell,
    tellList,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
