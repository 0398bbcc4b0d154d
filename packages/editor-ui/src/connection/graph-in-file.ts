import type { GraphDocument } from "@insightgraph/engine/graph";
import { words } from "../messages/messages.ts";
import type { GraphReading } from "./graph-reader.worker.ts";
import { issueSentences } from "./issue-words.ts";
import type { GraphSize } from "./read-graph.ts";

/**
 * The graph in a file, read in a thread of its own, so that no file holds up the page; undefined where
 * it has none.
 * Throws: an error whose message is meant for people.
 */
export async function graphInFile(file: File): Promise<GraphDocument | undefined> {
  const reading = await readInWorker(file);
  if ("graph" in reading) return reading.graph;
  throw new Error("fault" in reading ? issueSentences(reading.fault) : tooLarge(reading.tooLarge));
}

async function readInWorker(file: File): Promise<GraphReading> {
  const worker = new Worker(new URL("./graph-reader.worker.ts", import.meta.url), {
    type: "module",
  });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<GraphReading>) => resolve(data));
      worker.addEventListener("error", () => reject(new Error(words.page.unexpected)));
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
}

function tooLarge({ unit, found, most }: GraphSize): string {
  return unit === "bytes"
    ? words.graphTooLong((found / 1e6).toFixed(1), (most / 1e6).toFixed(1))
    : words.tooManyNodes(found.toLocaleString("en"), most.toLocaleString("en"));
}
