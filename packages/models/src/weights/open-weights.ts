import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ModelError } from "../errors.ts";
import { decodeText } from "../files/text-file.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { openSafetensors } from "./open-safetensors.ts";
import { headerLimit } from "./safetensors-header.ts";
import { chooseWeightFile } from "./weight-file-names.ts";

function indexError(file: string, what: string, cause?: unknown): ModelError {
  return new ModelError("weights.index", what, {
    at: file,
    hint: "The index is damaged; download it again from where it was published.",
    cause,
  });
}

/** Shards lie beside their index under plain names, so an index can lead nowhere else and to no other index. */
function checkShardName(file: string, tensor: string, shard: unknown): string {
  if (typeof shard === "string" && /^[^/\\:]+\.safetensors$/.test(shard)) return shard;
  throw indexError(
    file,
    `"${tensor}" is listed in ${JSON.stringify(shard)}, which is not a file name.`,
  );
}

/** Reads `weight_map`: tensor -> shard. Throws: weights.index. */
export function parseIndex(file: string, text: string): ReadonlyMap<string, string> {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch (cause) {
    throw indexError(file, "the index is not valid JSON.", cause);
  }
  const map = typeof index === "object" && index !== null ? Reflect.get(index, "weight_map") : null;
  if (typeof map !== "object" || map === null || Array.isArray(map)) {
    throw indexError(file, "the index has no weight_map.");
  }
  const entries = Object.entries(map);
  if (entries.length === 0) throw indexError(file, "the index names no tensor.");
  return new Map(entries.map(([name, shard]) => [name, checkShardName(file, name, shard)]));
}

function openIndex(folder: string, name: string): WeightMap {
  const file = join(folder, name);
  if (statSync(file).size > headerLimit) throw indexError(file, "the index is too large.");
  const shardOf = parseIndex(file, decodeText(readFileSync(file), file));
  const shards = new Map<string, WeightMap>();
  for (const shard of new Set(shardOf.values()))
    shards.set(shard, openSafetensors(join(folder, shard)));
  const lacking: string[] = [];
  const weights = new Map<string, StoredTensor>();
  for (const [tensor, shard] of shardOf) {
    const stored = shards.get(shard)?.get(tensor);
    if (stored === undefined) lacking.push(`${tensor} (${shard})`);
    else weights.set(tensor, stored);
  }
  if (lacking.length === 0) return weights;
  const shown = lacking.slice(0, 10).join(", ");
  throw indexError(
    file,
    `${lacking.length} tensors are not in the file that the index names: ${shown}.`,
  );
}

/** A component's tensors and where they were found. */
export interface OpenedWeights {
  readonly weights: WeightMap;
  /** The file or index that was opened, by its name in the folder. */
  readonly file: string;
  /** The precision variant that was found, as `fp16`; undefined for the plain file. */
  readonly variant: string | undefined;
}

/**
 * Opens a component's folder as diffusers and transformers write it: an index with its shards, or one file.
 * @param variant Wanted precision, as `fp16`; where the folder has another only, that one is taken.
 * Throws: weights.unreadable, weights.format (pickles alone), weights.header, weights.index, weights.dtype.
 */
export function openWeights(folder: string, variant?: string): OpenedWeights {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new ModelError("weights.unreadable", "there is no such folder.", {
      at: folder,
      hint: "Check the path, or add the checkpoint again.",
      cause,
    });
  }
  const chosen = chooseWeightFile(folder, names, variant);
  const weights = chosen.isIndex
    ? openIndex(folder, chosen.name)
    : openSafetensors(join(folder, chosen.name));
  return { weights, file: chosen.name, variant: chosen.variant };
}
