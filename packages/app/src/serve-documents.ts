import path from "node:path";
import { type DocumentStore, openDocumentStore } from "@insightgraph/engine/documents";
import type { GraphDocument } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { graphIn, withGraphFiles } from "./load-graph.ts";
import { mapFileParams } from "./manifest/graph-files.ts";
import { dataDir } from "./places.ts";

/** The documents of a workspace folder; their nodes are migrated to the versions of the host. */
export function openDocuments({
  folder,
  host,
  log,
  mayRead,
}: {
  readonly folder: string;
  readonly host: Pick<ExecutionHost, "migrate">;
  readonly log: (text: string) => void;
  /** Throws where a file may not be read. */
  readonly mayRead: (file: string) => Promise<void>;
}): Promise<DocumentStore> {
  return openDocumentStore({
    folder,
    dataDir,
    log,
    resolve: async (graph) => host.migrate(await withGraphFiles(graph, [folder], mayRead)),
    async readGraph(bytes, file) {
      const graph = await graphIn(bytes, file);
      const own = path.join(folder, path.dirname(file));
      return host.migrate(
        await withGraphFiles(graph, [own, folder], mayRead, { keepsUnread: true }),
      );
    },
  });
}

/** The graph that a server was started with, and where. */
interface ServedGraph {
  readonly documents: DocumentStore;
  readonly host: Pick<ExecutionHost, "facts">;
  /** Its file, absolute: a graph, or a picture that carries one. */
  readonly file: string;
  readonly graph: GraphDocument;
  readonly workDir: string;
}

/**
 * Opens the document of the graph that is served. An example from elsewhere becomes a document
 * without a file, whose pictures are still found.
 * @returns the document's id
 */
export async function openServedDocument(served: ServedGraph): Promise<string> {
  const { documents, host, file, graph, workDir } = served;
  const { base, name, dir } = path.parse(file);
  const isHere = dir === path.resolve(workDir);
  if (isHere && /^[^.].*\.json$/i.test(base)) return (await documents.open(base)).id;
  const title = isHere ? base : name;
  const open = documents
    .list()
    .find((document) => document.file === undefined && document.name === title);
  if (open !== undefined) return open.id;
  const { catalogue } = await host.facts();
  const placed = mapFileParams(graph, catalogue, (param) =>
    isHere || param.purpose === "save" ? undefined : path.resolve(dir, param.path),
  );
  return (await documents.create(title, placed)).id;
}
