import path from "node:path/posix";
import { type DocumentStore, openDocumentStore } from "@insightgraph/engine/documents";
import type { GraphDocument } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { graphIn, withGraphFiles } from "./load-graph.ts";
import { dataDir } from "./places.ts";

/** The documents of a workspace folder; their nodes are migrated to the versions of the host. */
export function openDocuments({
  folder,
  host,
  log,
}: {
  readonly folder: string;
  readonly host: Pick<ExecutionHost, "migrate">;
  readonly log: (text: string) => void;
}): Promise<DocumentStore> {
  return openDocumentStore({
    folder,
    dataDir,
    log,
    async readGraph(bytes, file) {
      const graph = await graphIn(bytes, file);
      return host.migrate(await withGraphFiles(graph, path.join(folder, path.dirname(file))));
    },
  });
}

/**
 * Opens the document of the graph that is served: of its file, or of the picture that carried it.
 * @param name The file's name in the workspace folder.
 * @returns the document's id
 */
export async function openServedDocument(
  documents: DocumentStore,
  name: string,
  graph: GraphDocument,
): Promise<string> {
  if (/^[^.].*\.json$/i.test(name)) return (await documents.open(name)).id;
  const open = documents
    .list()
    .find((document) => document.file === undefined && document.name === name);
  return open?.id ?? (await documents.create(name, graph)).id;
}
