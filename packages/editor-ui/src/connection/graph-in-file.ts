import { graphKey, readPngTexts } from "@insightgraph/engine/png";

/** The text of a graph in a file: a graph file's own, or what a saved PNG carries. */
export async function graphInFile(file: File): Promise<string | undefined> {
  if (/\.json$/i.test(file.name)) return file.text();
  return readPngTexts(new Uint8Array(await file.arrayBuffer())).get(graphKey);
}
