import type { DocumentStore } from "../documents/document-store.ts";
import { EngineError } from "../errors.ts";
import type { JsonObject } from "../graph/document.ts";
import type { ClientRequest } from "../protocol/client-schemas.ts";
import type { DocumentMessage } from "../protocol/document.ts";

/** What a page asks of a document. */
export type DocumentRequest = Extract<ClientRequest, { readonly type: `${string}-document` }>;

type EditRequest = Extract<DocumentRequest, { readonly editId: string }>;

/** The documents of one page. */
export interface DocumentRequests {
  /** Reports changes from now on. */
  begin(): void;
  /** Throws: `document.unknown`, failed writes. */
  answer(request: DocumentRequest): Promise<void>;
  /** Leaves every document. */
  close(): void;
}

/** Whether a request is about a document. */
export function isDocumentRequest(request: ClientRequest): request is DocumentRequest {
  return request.type.endsWith("-document");
}

/** Joins documents for a page, edits them, and sends it what others change. */
export function createDocumentRequests(
  documents: DocumentStore,
  send: (message: DocumentMessage) => void,
): DocumentRequests {
  const joined = new Map<string, { readonly leave: () => void; version: number }>();
  let unsubscribe = (): void => {};

  const leave = (id: string): void => {
    joined.get(id)?.leave();
    joined.delete(id);
  };
  type Reason = Extract<DocumentMessage, { readonly type: "document-state" }>["reason"];
  const sendState = (id: string, reason: Reason, editId?: string): void => {
    const document = documents.get(id);
    const window = joined.get(id);
    if (window !== undefined) window.version = document.version;
    send({ type: "document-state", document, reason, ...(editId === undefined ? {} : { editId }) });
  };
  const join = (id: string): void => {
    if (!joined.has(id)) joined.set(id, { leave: documents.join(id), version: 0 });
    sendState(id, "joined");
  };
  const apply = (request: EditRequest): Promise<unknown> => {
    const { documentId: id, editId, version } = request;
    switch (request.type) {
      case "edit-document": {
        const { patches, label } = request;
        const named = label === undefined ? {} : { label };
        return documents.edit(id, { editId, version, patches, ...named });
      }
      case "undo-document":
        return documents.undo(id, { editId, version });
      case "redo-document":
        return documents.redo(id, { editId, version });
    }
  };
  const edit = async (request: EditRequest): Promise<void> => {
    const { documentId: id, editId } = request;
    try {
      await apply(request);
    } catch (thrown) {
      const isStale = thrown instanceof EngineError && thrown.code === "document.stale";
      const reason = isStale ? "stale" : "refused";
      sendState(id, reason, editId);
      if (!isStale) throw thrown;
    }
  };
  const receive = (message: DocumentMessage): void => {
    if (message.type === "documents") {
      const open = new Set(message.documents.map(({ id }) => id));
      for (const id of [...joined.keys()].filter((id) => !open.has(id))) joined.delete(id);
      send(message);
    } else if (message.type === "document-changed") {
      const window = joined.get(message.document.id);
      // A state that was sent before the report of its last change holds that change already.
      if (window !== undefined && message.document.version > window.version) send(message);
    }
  };
  return {
    begin() {
      unsubscribe = documents.subscribe(receive);
    },
    async answer(request) {
      switch (request.type) {
        case "join-document":
          return join(request.documentId);
        case "leave-document":
          return leave(request.documentId);
        case "view-document":
          return documents.view(request.documentId, request.viewState as JsonObject);
        default:
          return edit(request);
      }
    },
    close() {
      unsubscribe();
      for (const id of [...joined.keys()]) leave(id);
    },
  };
}
