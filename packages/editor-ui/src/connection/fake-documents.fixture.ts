import type { GraphDocument } from "@insightgraph/engine/graph";
import type {
  ClientMessage,
  DocumentMessage,
  DocumentState,
  DocumentSummary,
  Patch,
} from "@insightgraph/engine/protocol";
import { applyPatches, enablePatches, type Patch as ImmerPatch, produceWithPatches } from "immer";
import { ServerError } from "./call-server.ts";
import type { DocumentsClient } from "./documents-client.ts";

enablePatches();

type EditRequest = Extract<ClientMessage, { type: "edit-document" }>;

interface FakeDocument {
  graph: GraphDocument;
  name: string;
  file?: string;
  version: number;
  savedAt?: number;
  viewState?: Extract<ClientMessage, { type: "view-document" }>["viewState"];
  readonly past: { readonly patches: readonly Patch[]; readonly inverse: readonly Patch[] }[];
  readonly edits: string[];
}

/** Documents as the server keeps them, in memory, one window each; every edit is a step. */
export interface FakeDocuments {
  readonly client: DocumentsClient;
  readonly open: Map<string, FakeDocument>;
  list(): DocumentSummary[];
  /** Opens a document, saved to a file where one is named. */
  add(name: string, graph: GraphDocument, file?: string): DocumentState;
  receive(message: ClientMessage): void;
}

/** @param send how the page is told of changes */
export function createFakeDocuments(send: (message: DocumentMessage) => void): FakeDocuments {
  const open = new Map<string, FakeDocument>();
  let count = 0;
  const summary = (id: string, document: FakeDocument): DocumentSummary => ({
    id,
    name: document.name,
    ...(document.file === undefined ? {} : { file: document.file }),
    version: document.version,
    isSaved: document.savedAt === document.past.length,
    undoSteps: document.past.length,
    redoSteps: 0,
    windows: 1,
  });
  const list = () => [...open].map(([id, document]) => summary(id, document));
  const find = (id: string): FakeDocument => {
    const document = open.get(id);
    if (document === undefined) throw new ServerError(`there is no document ${id}`);
    return document;
  };
  const state = (id: string) => {
    const document = find(id);
    const { graph, edits, viewState } = document;
    const kept = viewState === undefined ? {} : { viewState: viewState as Record<string, never> };
    // As over a socket, nothing is shared.
    return structuredClone({ ...summary(id, document), graph, recentEdits: edits, ...kept });
  };
  const add = (name: string, graph: GraphDocument, file?: string) => {
    const id = `d${++count}`;
    const saved = file === undefined ? {} : { file, savedAt: 0 };
    open.set(id, { graph, name, version: 0, past: [], edits: [], ...saved });
    send({ type: "documents", documents: list() });
    return state(id);
  };
  const change = (id: string, editId: string, patches: readonly Patch[]) => {
    const document = find(id);
    document.version += 1;
    document.edits.push(editId);
    send({ type: "document-changed", document: summary(id, document), patches, editId });
  };
  const edit = ({ documentId, editId, version, patches }: EditRequest): void => {
    const document = find(documentId);
    if (version !== document.version) {
      send({ type: "document-state", document: state(documentId), reason: "stale", editId });
      return;
    }
    const [graph, , inverse] = produceWithPatches(document.graph, (draft) =>
      applyPatches(draft, patches as ImmerPatch[]),
    );
    document.graph = graph;
    document.past.push({ patches, inverse });
    change(documentId, editId, patches);
  };
  const receive = (message: ClientMessage): void => {
    switch (message.type) {
      case "join-document": {
        const document = state(message.documentId);
        send({ type: "document-state", document, reason: "joined" });
        break;
      }
      case "view-document":
        find(message.documentId).viewState = message.viewState;
        break;
      case "edit-document":
        edit(message);
        break;
      case "undo-document": {
        const document = find(message.documentId);
        const { inverse } = document.past.pop() ?? { inverse: [] };
        document.graph = applyPatches(document.graph, inverse as ImmerPatch[]);
        change(message.documentId, message.editId, inverse);
        break;
      }
      default:
    }
  };
  return {
    open,
    list,
    add,
    receive,
    client: {
      create: async (name, graph) => add(name, graph),
      open: async (file) => state([...open].find(([, other]) => other.file === file)?.[0] ?? ""),
      async save(id, file) {
        const document = find(id);
        const wanted = file ?? document.file ?? "";
        if ([...open.values()].some((other) => other !== document && other.file === wanted)) {
          throw new ServerError("there is one", "document.file-exists");
        }
        document.file = wanted;
        document.savedAt = document.past.length;
        send({ type: "documents", documents: list() });
        return summary(id, document);
      },
      async rename(id, name) {
        find(id).name = name;
        return summary(id, find(id));
      },
      async close(id) {
        open.delete(id);
        send({ type: "documents", documents: list() });
      },
      files: async () => [],
      saveNode: async (name) => `nodes/${name}.json`,
      reference: async () => ({ format: "insightgraph", version: 1, nodes: {} }),
      fetchGraph: async () => "",
    },
  };
}
