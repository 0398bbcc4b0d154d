import { readFile } from "node:fs/promises";
import path from "node:path";
import { capabilitiesOf } from "@insightgraph/editing/architectures";
import { type ListedCheckpoint, listCheckpoints } from "@insightgraph/editing/checkpoints";
import type { ServedModel } from "@insightgraph/engine/server";

/** The words that a checkpoint's text network knows, where it reads whole words. */
async function vocabularyOf({ root, manifest }: ListedCheckpoint): Promise<readonly string[]> {
  for (const { config } of Object.values(manifest?.components ?? {})) {
    if (config === undefined) continue;
    const text = await readFile(path.join(root, config), "utf8").catch(() => "{}");
    const { vocabulary } = Object(JSON.parse(text)) as { vocabulary?: unknown };
    // Networks of subword tokens only count theirs.
    if (Array.isArray(vocabulary)) return vocabulary.filter((word) => typeof word === "string");
  }
  return [];
}

async function toServed(checkpoint: ListedCheckpoint): Promise<ServedModel> {
  const { name, parts, isShipped, manifest, problem, convertedBytes } = checkpoint;
  // A damaged config is told where the model is opened.
  const capabilities = await capabilitiesOf(name).catch(() => []);
  const vocabulary = await vocabularyOf(checkpoint).catch(() => []);
  return {
    ...{ name, parts, capabilities, isShipped },
    sizeBytes: Object.values(manifest?.components ?? {}).reduce(
      (sum, { bytes }) => sum + bytes,
      convertedBytes,
    ),
    ...(manifest?.licence === undefined ? {} : { licence: manifest.licence }),
    ...(manifest === undefined ? {} : { source: manifest.source }),
    ...(vocabulary.length === 0 ? {} : { vocabulary }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The installed checkpoints, as the server's API lists them. */
export async function listModels(): Promise<readonly ServedModel[]> {
  return Promise.all((await listCheckpoints()).map(toServed));
}
