import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "@insightgraph/engine/cache";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { fileParams, mapFileParams } from "../../manifest/graph-files.ts";
import { usageError } from "../../parse-arguments.ts";
import type { RunFiles } from "./run-files.ts";

/** Files that params of a graph name, by their paths there: each a file of the run. */
export type SharedFiles = Readonly<Record<string, string>>;

const maxBytes = 1024 ** 3;

/** Makes the files that a graph names files of the run. @param folder Where its relative paths start. Throws: command.usage */
export async function shareFiles(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
  files: RunFiles,
): Promise<SharedFiles> {
  const shared: Record<string, string> = {};
  for (const { nodeId, name, path: file } of fileParams(graph, catalogue)) {
    const bytes = await readRegular(path.resolve(folder, file), maxBytes).catch(
      (cause: unknown) => {
        const hint = "Workers get files, not folders: name a file that can be read.";
        throw usageError(`${nodeId}.${name}: "${file}" is no file (${String(cause)})`, hint);
      },
    );
    shared[file] = await files.put(bytes);
  }
  return shared;
}

/** The graph with its files in a folder of the worker, each under the name of its content. */
export async function fetchFiles(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  shared: SharedFiles,
  folder: string,
  files: RunFiles,
): Promise<GraphDocument> {
  const places = new Map<string, string>();
  for (const [file, digest] of Object.entries(shared)) {
    const place = path.join(folder, digest, path.basename(file));
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, await files.get(digest));
    places.set(file, place);
  }
  return mapFileParams(graph, catalogue, (param) => places.get(param.path));
}
