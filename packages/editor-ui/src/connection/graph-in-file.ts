import { decodeText } from "@insightgraph/engine/graph";
import { graphKeyword, readPngText } from "@insightgraph/engine/png";

/**
 * The text of a graph in a file: a graph file's own, or what a saved PNG carries.
 * Throws: `file.encoding`, `file.unreadable`.
 */
export async function graphInFile(file: File): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return /\.json$/i.test(file.name)
    ? decodeText(bytes, file.name)
    : readPngText(bytes, graphKeyword);
}
