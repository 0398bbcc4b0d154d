import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { fileParams } from "./graph-files.ts";

/** Files that were written to this recently may be another process's. */
const freshMs = 5000;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What a process that was killed leaves of a file, and of its numbered siblings: `.out-2.png.1f0c9a7e.tmp`. */
function leftoverOf(file: string): RegExp {
  const { name, ext } = path.parse(file);
  return new RegExp(`^\\.${escaped(name)}(-\\d+)*${escaped(ext)}\\.[0-9a-f]{8}\\.tmp$`);
}

/**
 * Removes what killed processes left half written where a graph saves its files.
 * @param folder Where relative paths in the graph start.
 */
export async function sweepUnfinished(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
): Promise<void> {
  for (const { purpose, path: file } of fileParams(graph, catalogue)) {
    if (purpose !== "save") continue;
    const place = path.resolve(folder, file);
    const leftover = leftoverOf(place);
    const names = await readdir(path.dirname(place)).catch(() => []);
    for (const name of names.filter((one) => leftover.test(one))) {
      const found = path.join(path.dirname(place), name);
      const about = await stat(found).catch(() => undefined);
      if (about !== undefined && Date.now() - about.mtimeMs > freshMs) {
        await rm(found, { force: true }).catch(() => {});
      }
    }
  }
}
