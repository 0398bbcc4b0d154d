import { ModelError } from "../errors.ts";
import type { StoredTensor } from "../onnx/stored-tensor.ts";
import { configuredScale, type LoraConfig } from "./lora-config.ts";
import { scalarNumber } from "./scalar-tensor.ts";

/** Everything that may state the scale of a LoRA's layers. */
export interface ScaleSources {
  /** The configuration in the file's header and the one beside the file. */
  readonly configs: readonly LoraConfig[];
  /** kohya's `ss_network_alpha` of the file's header. */
  readonly trainedAlpha: number | undefined;
  /** The caller's own alpha. */
  readonly alpha: number | undefined;
}

function scaleError(what: string, hint: string, at: string): ModelError {
  return new ModelError("weights.lora", what, { at, hint });
}

/** A layer's `alpha` tensor as a number. Throws: weights.lora. */
export function layerAlpha(tensor: StoredTensor, at: string): number {
  const alpha = scalarNumber(tensor);
  if (alpha !== undefined) return alpha;
  throw scaleError("alpha must be a single number.", "Download the file again.", at);
}

/** `ss_network_alpha`, unless it is absent or text, as in merged files. */
export function trainedAlphaOf(metadata: Readonly<Record<string, string>>): number | undefined {
  const text = metadata["ss_network_alpha"]?.trim() ?? "";
  const alpha = Number(text);
  return text !== "" && Number.isFinite(alpha) ? alpha : undefined;
}

/**
 * The scale of one layer's branch, from its own alpha, a configuration or the caller; 1 where nothing states it.
 * Throws: weights.lora, when two of them disagree.
 * Source: LoRA (arXiv:2106.09685), section 4.1.
 */
export function layerScale(
  path: string,
  rank: number,
  own: number | undefined,
  { configs, trainedAlpha, alpha }: ScaleSources,
): number {
  const stated = [
    ...(own === undefined ? [] : [{ source: "its alpha", scale: own / rank }]),
    ...configs.map((config) => ({
      source: config.source,
      scale: configuredScale(config, path, rank),
    })),
  ];
  const [first, ...others] = stated;
  if (first === undefined) return defaultScale(path, rank, alpha, trainedAlpha);
  const other = others.find(({ scale }) => Math.abs(scale - first.scale) > 1e-6 * Math.abs(scale));
  if (other === undefined) return first.scale;
  throw scaleError(
    `${first.source} gives the scale ${first.scale}, ${other.source} gives ${other.scale}.`,
    "Remove the statement that is wrong.",
    path,
  );
}

function defaultScale(
  path: string,
  rank: number,
  alpha: number | undefined,
  trainedAlpha: number | undefined,
): number {
  if (alpha !== undefined) return alpha / rank;
  if (trainedAlpha === undefined || trainedAlpha === rank) return 1;
  throw scaleError(
    `ss_network_alpha is ${trainedAlpha}, but the layer of rank ${rank} has no alpha.`,
    "The file has lost its alpha tensors: use the file as it was published.",
    path,
  );
}
