import { bridgeToText, type Interaction, imageBridge, queryBridge } from "../networks/bridges.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { visionLanguage } from "../networks/vision-language.ts";
import { constant, type Tensor } from "../onnx/graph.ts";
import type { Weights } from "../onnx/weights.ts";

/** What the denoising network is conditioned on. */
export interface Conditioning {
  /** [N, S, E] */
  readonly text: Tensor;
  /** v_t [N, C0, h, w] */
  readonly visual: Tensor;
  /** f_img [N, K, E] */
  readonly image: Tensor;
}

/** What comprehension and bridges make of pictures and instructions. */
export interface BridgedConditions {
  /** [N, r, D] */
  readonly mmTokens: Tensor;
  /** [N, P, V] */
  readonly vision: Tensor;
  /** f_img [N, K, E] */
  readonly image: Tensor;
  /** Absent without the bidirectional interaction. */
  readonly interaction?: Interaction;
}

/**
 * Comprehension and bridges, as at inference.
 * Shapes: source [N, 3, S, S], ids [N, L] -> as `BridgedConditions`
 */
export function bridgedConditions(
  root: Weights,
  { source, ids }: { readonly source: Tensor; readonly ids: Tensor },
  config: InsightEditConfig,
  hasInteraction: boolean,
): BridgedConditions {
  const read = visionLanguage.build(root.at("mllm"), { pixels: source, ids }, config.mllm);
  const bridges = root.at("bridges");
  const interaction = hasInteraction ? bridgeToText(bridges, read, config.bridges) : undefined;
  const { image } = imageBridge.build(bridges, { mmTokens: read.mmTokens }, config.bridges);
  return { ...read, image, ...(interaction && { interaction }) };
}

/** The denoising network's conditions; without interaction f_txt is q', and nothing is added after the first convolution. */
export function conditioningOf(
  root: Weights,
  { interaction, mmTokens, image }: BridgedConditions,
  config: InsightEditConfig,
): Conditioning {
  if (interaction !== undefined) return { ...interaction, image };
  const { text } = queryBridge.build(root.at("bridges"), { mmTokens }, config.bridges);
  return { text, visual: constant(root.graph, [0], [1, 1, 1, 1]), image };
}
