import { access } from "node:fs/promises";
import path from "node:path";
import { findSpelling } from "@insightgraph/editing/files";
import { readRegular } from "@insightgraph/engine/cache";
import { EngineError } from "@insightgraph/engine/errors";
import {
  decodeText,
  type GraphDocument,
  parseGraph,
  type ResolveOptions,
  resolveGraphFiles,
} from "@insightgraph/engine/graph";
import { graphKeyword, isPng, readPngText } from "@insightgraph/engine/png";
import { fromCaller } from "./places.ts";

const maxBytes = 1024 ** 3;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
  EPERM: "it may not be read",
};

/**
 * The bytes of a file that was named on the command line.
 * @param kind What it should be: "a graph".
 * Throws: `file.unreadable`.
 */
export async function readGiven(file: string, kind: string): Promise<Uint8Array> {
  const refuse = (reason: string, cause?: unknown): EngineError =>
    new EngineError("file.unreadable", `"${file}": ${reason}`, {
      hint: `Give the path of ${kind} file.`,
      cause,
    });
  const named = fromCaller(file);
  try {
    const place = (await findSpelling(named)) ?? named;
    return await readRegular(place, maxBytes);
  } catch (cause) {
    if (cause instanceof EngineError) throw refuse(cause.what, cause);
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    throw refuse(reasons[code] ?? "it cannot be read", cause);
  }
}

/** How files of pictures other than PNG begin. */
function isOtherPicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return /^(\xff\xd8\xff|GIF8|RIFF....WEBP|II\*\0|MM\0\*|....ftyp)/s.test(start);
}

/** The graph in a file's bytes: as JSON, or carried by a PNG. */
async function graphTextIn(bytes: Uint8Array, file: string): Promise<string> {
  const isPicture = isPng(bytes);
  const text = await readPngText(bytes, graphKeyword);
  if (text !== undefined) return text;
  if (!isPicture && !isOtherPicture(bytes)) return decodeText(bytes, file);
  throw new EngineError("file.no-graph", `"${file}" is a picture that carries no graph`, {
    hint: "Give a PNG that InsightGraph saved, or a graph file.",
  });
}

/** The graph in a file's bytes. Throws: `file.encoding`, `file.no-graph` and what `parseGraph` throws. */
export async function graphIn(bytes: Uint8Array, file: string): Promise<GraphDocument> {
  return parseGraph(await graphTextIn(bytes, file));
}

async function readGraph(file: string): Promise<GraphDocument> {
  return graphIn(await readGiven(file, "a graph"), file);
}

/** Where a graph file lies: in the first of the folders that has it. */
async function placeOf(file: string, folders: readonly string[]): Promise<string> {
  const places = folders.map((folder) => path.join(folder, file));
  for (const place of places) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return places[0] ?? file;
}

/**
 * The graph with the graph files that it refers to.
 * @param folders Where they are looked for: the graph's own folder, then the workspace.
 * @param mayRead Throws where a file may not be read.
 * Throws: what `resolveGraphFiles` throws.
 */
export function withGraphFiles(
  graph: GraphDocument,
  folders: readonly string[],
  mayRead: (file: string) => Promise<void> = async () => {},
  options: ResolveOptions = {},
): Promise<GraphDocument> {
  const read = async (file: string): Promise<GraphDocument> => {
    const place = await placeOf(file, folders);
    await mayRead(place);
    return readGraph(place);
  };
  return resolveGraphFiles(graph, read, options);
}

/**
 * Reads a graph from a file of JSON, or from a PNG that carries one, with the graph files that it refers to, from its folder
 * or from where the command was started.
 * Throws: `file.unreadable`, `file.encoding`, `file.no-graph` and what `parseGraph` and `resolveGraphFiles` throw.
 */
export async function loadGraph(file: string): Promise<GraphDocument> {
  const folders = [path.dirname(fromCaller(file)), fromCaller(".")];
  return withGraphFiles(await readGraph(file), folders);
}
