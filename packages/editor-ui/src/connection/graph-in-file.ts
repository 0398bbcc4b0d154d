import { decodeText } from "@insightgraph/engine/graph";
import { graphKeyword, readPngText } from "@insightgraph/engine/png";
import { words } from "../messages/messages.ts";

/** A graph is larger than the page can work with; the message is meant for people. */
export class GraphTooLargeError extends Error {
  override readonly name = "GraphTooLargeError";
}

/** The server takes no longer messages, and every edit of such a graph would be one. */
const mostBytes = 8_000_000;
/** Above this, each edit takes longer than a person waits. */
const mostNodes = 10_000;
/** Shorter texts cannot hold too many nodes. */
const suspicious = 200_000;

/**
 * The text of a graph in a file: a graph file's own, or what a saved PNG carries.
 * Throws: `file.encoding`, `file.unreadable`; a `GraphTooLargeError` before the text is looked into.
 */
export async function graphInFile(file: File): Promise<string | undefined> {
  const isGraphFile = /\.json$/i.test(file.name);
  if (isGraphFile && file.size > mostBytes) throw tooLong(file.size);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = isGraphFile ? decodeText(bytes, file.name) : await readPngText(bytes, graphKeyword);
  if (text !== undefined) assertOpenable(text);
  return text;
}

function assertOpenable(text: string): void {
  if (text.length > mostBytes) throw tooLong(text.length);
  if (text.length < suspicious) return;
  const count = countNodes(text);
  if (count > mostNodes)
    throw new GraphTooLargeError(
      words.tooManyNodes(count.toLocaleString("en"), mostNodes.toLocaleString("en")),
    );
}

function tooLong(bytes: number): GraphTooLargeError {
  return new GraphTooLargeError(
    words.graphTooLong((bytes / 1e6).toFixed(1), (mostBytes / 1e6).toFixed(1)),
  );
}

/** What is no JSON has no nodes here: opening it says what is wrong. */
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
