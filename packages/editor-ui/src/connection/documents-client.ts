import { type GraphDocument, stringifyGraph } from "@insightgraph/engine/graph";
import type { DocumentState, DocumentSummary, GraphFile } from "@insightgraph/engine/protocol";
import { callServer } from "./call-server.ts";

/** The documents of the server: open graphs and the graph files of its workspace. Calls throw `ServerError`. */
export interface DocumentsClient {
  /** Opens a graph that has no file yet, beside those that are open. */
  create(name: string, graph: GraphDocument): Promise<DocumentState>;
  /** Opens a graph file of the workspace; one that is open already stays as it is. */
  open(file: string): Promise<DocumentState>;
  /**
   * Writes a document to its file, or to another one from now on.
   * @param isOverwriting whether a file that belongs to something else, or that somebody changed, is replaced
   */
  save(id: string, file: string | undefined, isOverwriting: boolean): Promise<DocumentSummary>;
  rename(id: string, name: string): Promise<DocumentSummary>;
  /** Closes a document, edits that were not saved to a file included. */
  close(id: string): Promise<void>;
  files(): Promise<readonly GraphFile[]>;
  /** The text of a graph from an https address, which the server fetches. */
  fetchGraph(address: string): Promise<string>;
}

/** Documents over the API of the server that the page came from. */
export const documentsClient: DocumentsClient = {
  create: (name, graph) => post<DocumentState>("", { name, graph }),
  open: (file) => post<DocumentState>("", { file }),
  save: (id, file, overwrite) =>
    post(
      `/${encodeURIComponent(id)}/save`,
      file === undefined ? { overwrite } : { file, overwrite },
    ),
  rename: (id, name) => post(`/${encodeURIComponent(id)}/rename`, { name }),
  async close(id) {
    const path = `/api/documents/${encodeURIComponent(id)}?discard=true`;
    await callServer(path, { method: "DELETE" });
  },
  fetchGraph: async (address) => textOf(await callServer("/api/fetched-graphs", json({ address }))),
  files: async () => (await callServer<{ graphs: GraphFile[] }>("/api/graphs")).graphs,
};

function textOf({ graph }: { graph: GraphDocument }): string {
  return stringifyGraph(graph);
}

function json(body: object): RequestInit {
  const headers = { "content-type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

async function post<Document>(path: string, body: object): Promise<Document> {
  const answer = await callServer<{ document: Document }>(`/api/documents${path}`, json(body));
  return answer.document;
}
