import type { GraphDocument, JsonObject } from "../graph/document.ts";
import type { ClientRequest } from "./client-schemas.ts";

type EditRequest = Extract<ClientRequest, { readonly type: "edit-document" }>;

/** One change of a graph, as immer describes it: the keys that lead to a value, and what becomes of it. */
export type Patch = EditRequest["patches"][number];

/** An open document without its graph. */
export interface DocumentSummary {
  readonly id: string;
  /** A title for people: its file's name without the ending, or the name that it was created with. */
  readonly name: string;
  /** From the workspace folder, with forward slashes; absent until the document is saved. */
  readonly file?: string;
  /** Grows by one with every change of the graph, undo and redo included. */
  readonly version: number;
  /** Whether the graph is what its file held when it was opened or last saved. */
  readonly isSaved: boolean;
  /** How many steps can be undone. */
  readonly undoSteps: number;
  readonly redoSteps: number;
  /** Connections that have joined it. */
  readonly windows: number;
}

/** An open document: its working copy, which the server keeps. */
export interface DocumentState extends DocumentSummary {
  readonly graph: GraphDocument;
  /** Names of the latest edits, undos and redos: one that is here has arrived. */
  readonly recentEdits: readonly string[];
  /** What a page keeps with the document, such as its view and selection; not part of the file. */
  readonly viewState?: JsonObject;
}

/** A graph file in the workspace folder. */
export interface GraphFile {
  /** From the workspace folder, with forward slashes. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** What a graph file held after an earlier save. */
export interface FileVersion {
  readonly id: string;
  readonly savedMs: number;
  readonly sizeBytes: number;
}

/** What the server tells pages of documents. */
export type DocumentMessage =
  /** Answers `join-document`, and every edit of a version that is no longer the current one. */
  | {
      readonly type: "document-state";
      readonly document: DocumentState;
      readonly reason: "joined" | "stale" | "refused";
      /** The edit that was not applied. */
      readonly editId?: string;
    }
  /** To everybody who has joined, the sender included: this is how an edit is acknowledged. */
  | {
      readonly type: "document-changed";
      readonly document: DocumentSummary;
      readonly patches: readonly Patch[];
      /** The edit that changed it. */
      readonly editId: string;
    }
  /** All open documents, to every page: one was opened, closed, saved, renamed, edited first, or joined. */
  | { readonly type: "documents"; readonly documents: readonly DocumentSummary[] };
