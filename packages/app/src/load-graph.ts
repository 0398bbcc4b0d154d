import { readFile } from "node:fs/promises";
import { EngineError } from "@insightgraph/engine/errors";
import { type GraphDocument, parseGraph } from "@insightgraph/engine/graph";
import { fromCaller } from "./places.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
};

/** Reads a graph file. Throws: `file.unreadable` and what `parseGraph` throws. */
export async function loadGraph(file: string): Promise<GraphDocument> {
  const place = fromCaller(file);
  let text: string;
  try {
    text = await readFile(place, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    throw new EngineError("file.unreadable", `"${file}": ${REASONS[code] ?? "it cannot be read"}`, {
      hint: "give the path of a graph file.",
      cause,
    });
  }
  return parseGraph(text);
}
