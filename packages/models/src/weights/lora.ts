import { ModelError } from "../errors.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { toSinglePrecision } from "./half-precision.ts";
import { type LoraKey, readLoraKey } from "./lora-keys.ts";

/** What a LoRA adds to one layer: y + strength * scale * up(down(x)). */
export interface LowRank {
  /** [r, inputs] or [r, C, k, k] */
  readonly down: StoredTensor;
  /** [outputs, r], with ones behind for a convolution */
  readonly up: StoredTensor;
  /** Alpha over rank. */
  readonly scale: number;
}

/** A LoRA's additions by the path of the layer. */
export type Lora = ReadonlyMap<string, LowRank>;

export interface LoraOptions {
  /** Paths of the network's layers: its weights without `.weight`. */
  readonly layers: readonly string[];
  /** Which network of the file is meant. */
  readonly part: "unet" | "text_encoder";
  /** Of layers for which the file names none. @default the rank, which makes the scale 1 */
  readonly alpha?: number | undefined;
}

type Found = Partial<Record<LoraKey["role"], string>>;

function loraError(what: string, hint: string, at?: string): ModelError {
  return new ModelError("weights.lora", what, { hint, ...(at === undefined ? {} : { at }) });
}

/** The names of kohya's files have underscores for every dot. */
function layerTable(layers: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    layers.flatMap((path) => [[path, path] as const, [path.replaceAll(".", "_"), path]]),
  );
}

function lowRankOf(
  weights: WeightMap,
  layer: string,
  found: Found,
  alpha: number | undefined,
): LowRank {
  const [down, up] = [weights.get(found.down ?? ""), weights.get(found.up ?? "")];
  if (down === undefined || up === undefined) {
    const lacking = down === undefined ? "down (A)" : "up (B)";
    throw loraError(
      `it has no ${lacking} matrix.`,
      "The file is incomplete; fetch it again.",
      layer,
    );
  }
  const [rank = 0, across = 0] = [down.shape[0], up.shape[1]];
  if (rank === 0 || rank !== across) {
    throw loraError(
      `its matrices are of rank ${rank} and ${across}.`,
      "The file is damaged; fetch it again.",
      layer,
    );
  }
  const own = found.alpha === undefined ? undefined : toSinglePrecision(weights, found.alpha)[0];
  return { down, up, scale: (own ?? alpha ?? rank) / rank };
}

/**
 * Reads a LoRA file of kohya's, diffusers' or PEFT's names for one network.
 * Throws: weights.lora for a kind of adapter that is none, layers that the network lacks, or halves.
 */
export function parseLora(weights: WeightMap, { layers, part, alpha }: LoraOptions): Lora {
  const table = layerTable(layers);
  const found = new Map<string, Found>();
  const unknown = new Set<string>();
  for (const key of weights.keys()) {
    const read = readLoraKey(key);
    if (read === undefined)
      throw loraError(
        "this is no LoRA tensor.",
        "Only LoRA files of linear layers and convolutions are read.",
        key,
      );
    if (read.unsupported !== undefined) {
      throw loraError(`${read.unsupported} is not supported.`, "Take a plain LoRA.", key);
    }
    if (read.part !== part && read.part !== undefined) continue;
    const layer = table.get(read.layer);
    if (layer === undefined) unknown.add(read.layer);
    else found.set(layer, { ...found.get(layer), [read.role]: key });
  }
  if (unknown.size > 0) {
    const shown = [...unknown].slice(0, 5).join(", ");
    throw loraError(
      `${unknown.size} of its layers are not in the network: ${shown}.`,
      "It was made for another network.",
    );
  }
  return new Map(
    [...found].map(([layer, roles]) => [layer, lowRankOf(weights, layer, roles, alpha)]),
  );
}
