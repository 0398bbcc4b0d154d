import type { Schemas } from "@insightgraph/client";
import { type GraphDocument, stringifyGraph } from "@insightgraph/engine/graph";
import type { DocumentState, DocumentSummary, GraphFile } from "@insightgraph/engine/protocol";
import { api, callServer } from "./call-server.ts";

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
  /** Writes a graph to be used as a node. @returns its file */
  saveNode(name: string, graph: GraphDocument, isOverwriting: boolean): Promise<string>;
  /** A graph whose one subgraph of this name is read from a file. */
  reference(name: string, file: string): Promise<GraphDocument>;
  /** The text of a graph from an https address, which the server fetches. */
  fetchGraph(address: string): Promise<string>;
}

/** The schema of the API says of a graph what the engine's type says of it in other words. */
function toState({ document }: { readonly document: Schemas["Document"] }): DocumentState {
  return document as unknown as DocumentState;
}

/** As a file has it: without what was read from other files. */
function toJson(graph: GraphDocument): Schemas["Graph"] {
  return JSON.parse(stringifyGraph(graph)) as Schemas["Graph"];
}

const at = (id: string) => ({ params: { path: { id } } });

/** Documents over the API of the server that the page came from. */
export const documentsClient: DocumentsClient = {
  async create(name, graph) {
    const body = { name, graph: graph as unknown as Schemas["Graph"] };
    return toState(await callServer(api.POST("/api/documents", { body })));
  },
  open: async (file) => toState(await callServer(api.POST("/api/documents", { body: { file } }))),
  async save(id, file, overwrite) {
    const body = file === undefined ? { overwrite } : { file, overwrite };
    return (await callServer(api.POST("/api/documents/{id}/save", { ...at(id), body }))).document;
  },
  async rename(id, name) {
    const call = api.POST("/api/documents/{id}/rename", { ...at(id), body: { name } });
    return (await callServer(call)).document;
  },
  async close(id) {
    const params = { path: { id }, query: { discard: true } };
    await callServer(api.DELETE("/api/documents/{id}", { params }));
  },
  async fetchGraph(address) {
    const { graph } = await callServer(api.POST("/api/fetched-graphs", { body: { address } }));
    return stringifyGraph(graph as unknown as GraphDocument);
  },
  async saveNode(name, graph, overwrite) {
    const body = { graph: toJson(graph), overwrite };
    const params = { path: { name } };
    return (await callServer(api.PUT("/api/nodes/{name}", { params, body }))).file;
  },
  async reference(name, file) {
    const params = { path: { file }, query: { name } };
    const { graph } = await callServer(api.GET("/api/graphs/{file}/reference", { params }));
    return graph as unknown as GraphDocument;
  },
  files: async () => (await callServer(api.GET("/api/graphs"))).graphs,
};
