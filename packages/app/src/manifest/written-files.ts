import { createHash } from "node:crypto";
import { mkdir, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { digestFile } from "@insightgraph/editing/files";
import { canonicalJson, writeWhole } from "@insightgraph/engine/cache";
import type { GraphBody, GraphDocument, Json } from "@insightgraph/engine/graph";
import { withoutWriters } from "../output-writers.ts";
import { dataDir } from "../places.ts";

/** One record for each file that a run wrote, named for its real path. */
const writtenDir: string = path.join(dataDir, "written");

interface WrittenFile {
  readonly path: string;
  /** The graph and the node that wrote it. */
  readonly writer: string;
  /** SHA-256 of what it then held. */
  readonly sha256: string;
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function wiringOf({ nodes }: GraphBody): Json {
  return Object.entries(nodes).map(([id, { type, inputs = {} }]) => {
    const links = Object.entries(inputs).map(([name, { node, output }]) => [name, node, output]);
    return [id, type, links.sort()];
  });
}

/** Graphs are the same if their nodes have the same ids, types and links; params may differ. */
function writerOf(graph: GraphDocument, nodeId: string): string {
  const own = withoutWriters(graph);
  const inner = Object.entries(own.graphs ?? {}).map(([name, body]) => [name, wiringOf(body)]);
  return sha256Of(canonicalJson([nodeId, wiringOf(own), inner]));
}

function recordOf(realPath: string): string {
  return path.join(writtenDir, `${sha256Of(realPath)}.json`);
}

function digestOf(file: string): Promise<string> {
  return digestFile({ path: file, argument: "path", kind: "a", maxBytes: Number.MAX_VALUE });
}

/**
 * Remembers that a node of a graph wrote a file as it now is.
 * Throws: `disk.full`, `file.unwritable`.
 */
export async function recordWritten(
  graph: GraphDocument,
  nodeId: string,
  file: string,
): Promise<void> {
  const place = await realpath(file);
  const record: WrittenFile = {
    path: place,
    writer: writerOf(graph, nodeId),
    sha256: await digestOf(place),
  };
  await mkdir(writtenDir, { recursive: true });
  await writeWhole(recordOf(place), `${JSON.stringify(record)}\n`);
}

/**
 * Whether the same node of the same graph wrote a file, and it has not changed since.
 * @param file Its real path.
 */
export async function isOwnFile(
  graph: GraphDocument,
  nodeId: string,
  file: string,
): Promise<boolean> {
  try {
    const record = JSON.parse(await readFile(recordOf(file), "utf8")) as WrittenFile;
    return record.writer === writerOf(graph, nodeId) && record.sha256 === (await digestOf(file));
  } catch {
    // Whatever cannot be shown to be this graph's own is kept.
    return false;
  }
}
