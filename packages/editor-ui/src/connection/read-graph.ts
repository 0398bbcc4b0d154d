import { decodeText, type GraphDocument, parseGraph } from "@insightgraph/engine/graph";
import { graphKeyword, readPngText } from "@insightgraph/engine/png";

/** How large a graph is that the page cannot work with, and how large one may be. */
export interface GraphSize {
  readonly unit: "bytes" | "nodes";
  readonly found: number;
  readonly most: number;
}

/** A graph is larger than the page can work with. */
export class GraphTooLargeError extends Error {
  override readonly name = "GraphTooLargeError";
  readonly size: GraphSize;

  constructor(size: GraphSize) {
    super(`${size.found} ${size.unit}`);
    this.size = size;
  }
}

/** The server takes no longer messages, and every edit of such a graph would be one. */
const mostBytes = 8_000_000;
/** Above this, each edit takes longer than a person waits. */
const mostNodes = 10_000;
/** Shorter texts cannot hold too many nodes. */
const suspicious = 200_000;

/**
 * The graph in a file: a graph file's own, or what a saved PNG carries; undefined where it has none.
 * Throws: `file.encoding`, `file.unreadable`, what `parseGraph` throws; a `GraphTooLargeError` before
 * the text is looked into.
 */
export async function readGraph(file: File): Promise<GraphDocument | undefined> {
  const isGraphFile = /\.json$/i.test(file.name);
  if (isGraphFile) assertShort(file.size);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = isGraphFile ? decodeText(bytes, file.name) : await readPngText(bytes, graphKeyword);
  if (text === undefined) return undefined;
  assertShort(text.length);
  if (text.length >= suspicious) assertFew(countNodes(text));
  return parseGraph(text);
}

function assertShort(found: number): void {
  if (found > mostBytes) throw new GraphTooLargeError({ unit: "bytes", found, most: mostBytes });
}

function assertFew(found: number): void {
  if (found > mostNodes) throw new GraphTooLargeError({ unit: "nodes", found, most: mostNodes });
}

/** What is no JSON has no nodes here: parsing it says what is wrong. */
function countNodes(text: string): number {
  try {
    const { nodes, graphs }: { nodes?: object; graphs?: Record<string, { nodes?: object }> } =
      JSON.parse(text);
    const bodies = [nodes, ...Object.values(graphs ?? {}).map((graph) => graph.nodes)];
    return bodies.reduce((sum, body) => sum + Object.keys(body ?? {}).length, 0);
  } catch {
    return 0;
  }
}
