import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { canonicalJson } from "@insightgraph/engine/cache";
import {
  entryOf,
  type GraphDocument,
  type Json,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import type { HostFacts } from "@insightgraph/engine/host";
import type { RunEnding } from "@insightgraph/engine/protocol";
import { appVersion } from "../app-version.ts";
import { codeDigest } from "../code-digest.ts";
import { withoutWriters } from "../output-writers.ts";
import { fileParams, mapFileParams, pathFrom, rebaseGraph } from "./graph-files.ts";
import type { NodeRecord, OutputRecord, RunManifest, RuntimeRecord } from "./manifest.ts";
import { nodeAt } from "./node-at.ts";
import type { RunRecord } from "./run-record.ts";

/** A run that has ended, and what it depended on. */
export interface EndedRun {
  readonly graph: GraphDocument;
  readonly catalogue: NodeCatalogue;
  /** Folder of relative paths in the graph. */
  readonly folder: string;
  readonly record: RunRecord;
  readonly runtime: RuntimeRecord;
  /** SHA-256 of each file that the graph reads, by "node.param". */
  readonly files: Readonly<Record<string, string>>;
  readonly ending: RunEnding;
  readonly finishedAt: string;
}

/**
 * Everything besides the graph that a result may depend on.
 * @param nodes Digest of the code of node types from outside the project, if any.
 */
export async function runtimeOf(
  { device, runtime }: HostFacts,
  nodes: string | undefined,
): Promise<RuntimeRecord> {
  return {
    insightgraph: await appVersion(),
    code: await codeDigest(),
    ...(nodes === undefined ? {} : { nodes }),
    node: process.version,
    onnxruntime: runtime,
    platform: `${process.platform} ${process.arch}`,
    device,
  };
}

/** Larger files get no digest; the fingerprint of the node that reads them identifies them. */
const maxDigestBytes = 256 * 1024 ** 2;
/** Digests by path, size and modification time. */
const known = new Map<string, string>();

async function digestOf(file: string): Promise<string | undefined> {
  try {
    const { size, mtimeMs } = await stat(file);
    if (size > maxDigestBytes) return undefined;
    const state = `${file} ${size} ${mtimeMs}`;
    const before = known.get(state);
    if (before !== undefined) return before;
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    const digest = hash.digest("hex");
    known.set(state, digest);
    return digest;
  } catch {
    // Removed since the run; the node's fingerprint still identifies its content.
    return undefined;
  }
}

/** Whether a node of that id ran, also inside a subgraph node. */
function hasRun(nodes: Readonly<Record<string, NodeRecord>>, nodeId: string): boolean {
  if (entryOf(nodes, nodeId) !== undefined) return true;
  const [, ...inside] = nodeId.split("/");
  const ending = `/${inside.join("/")}`;
  return inside.length > 0 && Object.keys(nodes).some((id) => id.endsWith(ending));
}

/** The content of each file that a graph's nodes read, by "node.param". */
export async function filesOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
  nodes: Readonly<Record<string, NodeRecord>>,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { nodeId, name, purpose, path: file } of fileParams(graph, catalogue)) {
    if (purpose !== "open" || !hasRun(nodes, nodeId)) continue;
    const digest = await digestOf(path.resolve(folder, file));
    if (digest !== undefined) files[`${nodeId}.${name}`] = digest;
  }
  return files;
}

/** A graph, or a part of it, without what only editors see. */
export function withoutUi(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutUi);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== "ui");
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutUi(item)]));
}

/** SHA-256 of a graph without `ui`, with files by content, so that locations do not matter. */
export function graphDigest({ graph, catalogue, files }: EndedRun): string {
  const placed = mapFileParams(withoutWriters(graph), catalogue, ({ nodeId, name, purpose }) =>
    purpose === "open" ? (files[`${nodeId}.${name}`] ?? "") : "",
  );
  const facts = withoutUi({ ...placed, name: "" } as unknown as Json);
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}

function seedsOf({ graph, catalogue, record }: EndedRun): Record<string, number> {
  const seeds: Record<string, number> = {};
  for (const nodeId of Object.keys(record.nodes)) {
    const node = nodeAt(graph, nodeId);
    for (const [name, spec] of Object.entries(entryOf(catalogue, node?.type ?? "")?.params ?? {})) {
      if (spec.kind !== "seed" || entryOf(node?.inputs, name) !== undefined) continue;
      const seed = entryOf(node?.params, name) ?? spec.default;
      if (typeof seed === "number") seeds[`${nodeId}.${name}`] = seed;
    }
  }
  return seeds;
}

function modelsOf({ catalogue, record }: EndedRun): Record<string, string> {
  const models: Record<string, string> = {};
  for (const [nodeId, { type, fingerprint }] of Object.entries(record.nodes)) {
    const isModel = entryOf(catalogue, type)?.category === "model";
    if (isModel && fingerprint !== undefined) models[nodeId] = fingerprint;
  }
  return models;
}

function outputsOf({ graph, record }: EndedRun): Record<string, OutputRecord> {
  const outputs: Record<string, OutputRecord> = {};
  for (const [name, link] of Object.entries(graph.outputs ?? {})) {
    const output = record.outputAt(link);
    if (output !== undefined) outputs[name] = output;
  }
  return outputs;
}

function stopOf(ending: RunEnding): Pick<RunManifest, "stopped" | "error"> {
  if (ending.type === "run-finished") return {};
  if (ending.type === "run-cancelled") return { stopped: "cancelled" };
  return { stopped: "failed", error: ending.error };
}

/** The manifest of a run, with paths relative to a folder. */
export function manifestFor(run: EndedRun, folder: string): RunManifest {
  const { graph, catalogue, record, files, runtime, ending, finishedAt } = run;
  return {
    format: "insightgraph-run",
    version: 1,
    finishedAt,
    ...stopOf(ending),
    runtime,
    graphDigest: graphDigest(run),
    seeds: seedsOf(run),
    models: modelsOf(run),
    files: { ...files },
    outputs: outputsOf(run),
    saved: record.saved.map(({ paths, ...rest }) => ({
      ...rest,
      paths: paths.map((file) => pathFrom(folder, file)),
    })),
    nodes: { ...record.nodes },
    graph: rebaseGraph(withoutWriters(graph), catalogue, run.folder, folder),
  };
}
