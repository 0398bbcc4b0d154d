import { ModelError } from "../errors.ts";
import { checkFinite } from "../onnx/finite-weights.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { headerLoraConfig, parseLoraConfig } from "./lora-config.ts";
import { type LoraKey, readLoraKey } from "./lora-keys.ts";
import { layerAlpha, layerScale, type ScaleSources, trainedAlphaOf } from "./lora-scale.ts";

/** What a LoRA adds to one layer: y + strength * scale * up(down(x)). */
export interface LowRank {
  /** [r, inputs] or [r, C, k, k] */
  readonly down: StoredTensor;
  /** [outputs, r], with ones behind for a convolution */
  readonly up: StoredTensor;
  /** Alpha over the rank, or over its square root for rsLoRA. */
  readonly scale: number;
}

/** A LoRA's additions by the path of the layer. */
export type Lora = ReadonlyMap<string, LowRank>;

/** Which network a LoRA is read for, and what states its scale. */
export interface LoraOptions {
  /** Paths of the network's layers: its weights without `.weight`. */
  readonly layers: readonly string[];
  /** Which network of the file is meant. */
  readonly part: "unet" | "text_encoder";
  /** The file's header, as `readMetadata` gives it. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** The `adapter_config.json` beside the file. */
  readonly config?: unknown;
  /** Alpha of layers for which nothing else states one. @default the rank, which makes the scale 1 */
  readonly alpha?: number | undefined;
  /** Receives what is odd but not wrong, as one sentence. */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/** The keys of a layer's tensors by role. */
type LayerKeys = Partial<Record<LoraKey["role"], string>>;

function loraError(what: string, hint: string, at?: string): ModelError {
  return new ModelError("weights.lora", what, { hint, ...(at === undefined ? {} : { at }) });
}

const textModel = "text_model.";

/**
 * Paths by every spelling of theirs: kohya's files have underscores for dots, and transformers 5 names a text encoder's
 * modules without `text_model`.
 */
function layerTable(layers: readonly string[]): ReadonlyMap<string, string> {
  const spellings = (path: string): readonly string[] => {
    const bare = path.startsWith(textModel) ? [path.slice(textModel.length)] : [];
    return [path, ...bare].flatMap((one) => [one, one.replaceAll(".", "_")]);
  };
  return new Map(layers.flatMap((path) => spellings(path).map((one) => [one, path] as const)));
}

interface FoundLayers {
  readonly layers: ReadonlyMap<string, LayerKeys>;
  /** Layers that the network lacks. */
  readonly unknown: ReadonlySet<string>;
}

/** Sorts a file's keys by the network's layers. Throws: weights.lora. */
function findLayers(keys: Iterable<string>, { layers, part }: LoraOptions): FoundLayers {
  const table = layerTable(layers);
  const found = new Map<string, LayerKeys>();
  const unknown = new Set<string>();
  const unnamed = new Set<string>();
  for (const key of keys) {
    const read = readLoraKey(key);
    if (read === undefined) {
      throw loraError(
        "this is not a LoRA tensor.",
        "Use a LoRA of linear layers and convolutions.",
        key,
      );
    }
    if (read.unsupported !== undefined) {
      throw loraError(`${read.unsupported} is not supported.`, "Use a plain LoRA.", key);
    }
    if (read.part !== part && read.part !== undefined) continue;
    const layer = table.get(read.layer);
    if (layer !== undefined) found.set(layer, { ...found.get(layer), [read.role]: key });
    else (read.part === undefined ? unnamed : unknown).add(read.layer);
  }
  // A file that does not name its network, and shares no layer with this one, is for another.
  if (found.size > 0) for (const layer of unnamed) unknown.add(layer);
  return { layers: found, unknown };
}

function refuseUnknown(unknown: ReadonlySet<string>): void {
  if (unknown.size === 0) return;
  const shown = [...unknown].slice(0, 5);
  throw loraError(
    `${unknown.size} of its layers are not in the network: ${shown.join(", ")}.`,
    "Use a LoRA that was made for this network.",
    shown[0],
  );
}

function lowRankOf(
  weights: WeightMap,
  layer: string,
  keys: LayerKeys,
  sources: ScaleSources,
): LowRank {
  const [down, up] = [weights.get(keys.down ?? ""), weights.get(keys.up ?? "")];
  if (down === undefined || up === undefined) {
    const lacking = down === undefined ? "down (A)" : "up (B)";
    throw loraError(`it has no ${lacking} matrix.`, "Download the file again.", layer);
  }
  const [rank = 0, across = 0] = [down.shape[0], up.shape[1]];
  if (rank === 0 || rank !== across) {
    throw loraError(
      `its matrices are of rank ${rank} and ${across}.`,
      "Download the file again.",
      layer,
    );
  }
  const alpha = weights.get(keys.alpha ?? "");
  const own = alpha && layerAlpha(alpha, keys.alpha ?? layer);
  return { down, up, scale: layerScale(layer, rank, own, sources) };
}

function scaleSources({ part, metadata = {}, config, alpha }: LoraOptions): ScaleSources {
  const header = headerLoraConfig(metadata, part);
  const beside = config === undefined ? undefined : parseLoraConfig(config);
  return {
    configs: [header, beside].filter((found) => found !== undefined),
    trainedAlpha: trainedAlphaOf(metadata),
    alpha,
  };
}

/** Says when no layer has the alpha that the training wrote down; its own alphas are used all the same. */
function compareTrainedAlpha(
  weights: WeightMap,
  layers: FoundLayers["layers"],
  { trainedAlpha }: ScaleSources,
  onWarning: (warning: string) => void,
): void {
  const alphas = [...layers.values()].flatMap(({ alpha = "" }) => {
    const tensor = weights.get(alpha);
    return tensor === undefined ? [] : [layerAlpha(tensor, alpha)];
  });
  if (trainedAlpha === undefined || alphas.length === 0 || alphas.includes(trainedAlpha)) return;
  onWarning(
    `The layers' alpha is ${alphas[0]}, but ss_network_alpha is ${trainedAlpha}; the layers' is used.`,
  );
}

/**
 * Reads a LoRA file of kohya's, diffusers' or PEFT's names for one network.
 * Throws: weights.lora, for other kinds of adapters, layers that the network lacks, halves of a pair, and scales that
 * contradict each other; weights.not-finite.
 * Source: names and scales as in diffusers 0.42 and PEFT 0.21.
 */
export function parseLora(weights: WeightMap, options: LoraOptions): Lora {
  checkFinite(weights);
  const sources = scaleSources(options);
  const { layers, unknown } = findLayers(weights.keys(), options);
  refuseUnknown(unknown);
  compareTrainedAlpha(weights, layers, sources, options.onWarning ?? (() => {}));
  return new Map(
    [...layers].map(([layer, keys]) => [layer, lowRankOf(weights, layer, keys, sources)]),
  );
}
