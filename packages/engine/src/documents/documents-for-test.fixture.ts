import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseGraph } from "../graph/parse-graph.ts";
import { type DocumentStore, openDocumentStore } from "./document-store.ts";

/** Two folders of a test's own: the workspace and the data. */
export interface DocumentFolders {
  readonly folder: string;
  readonly dataDir: string;
}

/** Makes the folders of a store. */
export async function makeDocumentFolders(): Promise<DocumentFolders> {
  const make = (name: string) => mkdtemp(path.join(tmpdir(), `insightgraph-${name}-`));
  return { folder: await make("workspace"), dataDir: await make("data") };
}

/** Opens a store of documents; without folders given, in new ones. */
export async function openDocumentsForTest(folders?: DocumentFolders): Promise<DocumentStore> {
  return openDocumentStore({
    ...(folders ?? (await makeDocumentFolders())),
    readGraph: async (bytes) => parseGraph(Buffer.from(bytes).toString()),
    resolve: async (graph) => graph,
    log: () => {},
  });
}
