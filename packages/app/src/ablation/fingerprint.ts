import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { listCheckpoints } from "@insightgraph/editing/checkpoints";
import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  settingsOf,
} from "@insightgraph/engine/graph";
import type { Device } from "@insightgraph/engine/node";
import { codeDigest } from "../code-digest.ts";
import { fileParams } from "../manifest/graph-files.ts";

/** Every text that a param of a graph holds, its defaults included. */
function textsIn(graph: GraphDocument, catalogue: NodeCatalogue): ReadonlySet<string> {
  const known = catalogueFor(graph, catalogue);
  const bodies = [graph, ...Object.values(graph.graphs ?? {})];
  const values = bodies
    .flatMap(({ nodes }) => Object.values(nodes))
    .flatMap((node) => {
      const spec = entryOf(known, node.type);
      return spec === undefined ? [] : Object.values(settingsOf(spec, node));
    });
  return new Set(values.filter((value) => typeof value === "string"));
}

/** The checkpoints that a graph names, with the digests of their parts. */
async function checkpointsIn(texts: ReadonlySet<string>): Promise<readonly unknown[]> {
  const listed = (await listCheckpoints()).filter(({ name }) => texts.has(name));
  const named = listed.map(({ name, manifest }) => {
    const parts = Object.entries(manifest?.components ?? {});
    return [name, parts.map(([part, { digest }]) => [part, digest])];
  });
  const folders = [...texts].filter((text) => text.startsWith("dir:"));
  const given = await Promise.all(
    folders.map((text) => versionOf(path.join(text.slice(4), "model.safetensors"))),
  );
  return [...named, ...given];
}

/** Changes when the file at a place does. */
async function versionOf(file: string): Promise<readonly [string, number, number]> {
  const found = await stat(file).catch(() => undefined);
  return [file, found?.size ?? -1, found?.mtimeMs ?? -1];
}

/** What an ablation's results depend on besides graph and item. */
export interface Surroundings {
  readonly catalogue: NodeCatalogue;
  readonly device: Device;
  /** Where the graph's relative paths start. */
  readonly folder: string;
}

/** A digest of all that the results of a cell depend on besides the item: graph, code, device, files and checkpoints. */
export async function fingerprintOf(
  graph: GraphDocument,
  { catalogue, device, folder }: Surroundings,
): Promise<string> {
  const files = fileParams(graph, catalogue).filter(({ purpose }) => purpose === "open");
  const facts = [
    graph,
    device,
    await codeDigest(),
    await checkpointsIn(textsIn(graph, catalogue)),
    await Promise.all(files.map((param) => versionOf(path.resolve(folder, param.path)))),
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
