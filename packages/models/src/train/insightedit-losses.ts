import { bridgeToText, imageBridge, queryBridge } from "../networks/bridges.ts";
import { editUnet } from "../networks/edit-unet.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { patchEncoder } from "../networks/patch-autoencoder.ts";
import { visionLanguage } from "../networks/vision-language.ts";
import { constant, declareInput, type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import { add, mul, sub } from "../onnx/ops/elementwise.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import { type Weights, weightsAt } from "../onnx/weights.ts";
import { squaredError } from "./losses.ts";
import { stateLosses } from "./state-losses.ts";
import { visionLoss } from "./vision-losses.ts";

/** The vision tower alone, then comprehension and bridges, then the denoising network with the bridges. */
export const trainingStages = ["vision", "alignment", "editing"] as const;
export type TrainingStage = (typeof trainingStages)[number];

export interface TrainingOptions {
  readonly batch: number;
  /** Kinds of objects; the label after the last says that there is none. */
  readonly objects: number;
  /** How much more an error inside the edit mask counts. */
  readonly maskWeight: number;
  readonly stage: TrainingStage;
  /** False trains without the bidirectional interaction: f_txt is q', and there is no v_t. @default true */
  readonly hasInteraction?: boolean;
}

export type Losses = Readonly<Record<string, Tensor>>;

interface Conditioning {
  /** [N, S, E] */
  readonly text: Tensor;
  /** v_t [N, C0, h, w] */
  readonly visual: Tensor;
  /** f_img [N, K, E] */
  readonly image: Tensor;
}

interface Latents {
  /** [N, C, h, w] */
  readonly source: Tensor;
  /** Target minus source. */
  readonly change: Tensor;
}

/**
 * Squared error of the predicted clean latent, heavier inside the edit. Text, source and image half can be left out
 * row by row, for guidance and for the ablation.
 */
function diffusionLoss(
  root: Weights,
  { text, visual, image }: Conditioning,
  { source, change }: Latents,
  config: InsightEditConfig,
  maskWeight: number,
): Tensor {
  const { graph } = root;
  const batch = dimOf(source, 0);
  const perRow = (name: string, rank: number): Tensor =>
    declareInput(graph, name, [batch, ...Array.from({ length: rank - 1 }, () => 1)]);
  const mask = declareInput(graph, "mask", [batch, 1, dimOf(source, 2), dimOf(source, 3)]);
  const keepText = perRow("keepText", 3);
  const size = [1, sizeOf(text, 1), sizeOf(text, 2)];
  const nothing = root.at("bridges").get("null_text", size, { std: 0.5 });
  const base = mul(source, perRow("keepSource", 4));
  const clean = add(source, change);
  const noise = declareInput(graph, "noise", [...source.shape]);
  const noisy = add(mul(clean, perRow("signal", 4)), mul(noise, perRow("spread", 4)));
  const inputs = {
    sample: concat([noisy, base], 1),
    timestep: declareInput(graph, "timestep", [batch]),
    text: add(mul(text, keepText), mul(nothing, sub(scalar(graph, 1), keepText))),
    image,
    imageScale: perRow("imageScale", 3),
    visual,
  };
  const { output } = editUnet.build(root.at("unet"), inputs, config.unet);
  return squaredError(add(base, output), clean, add(mul(mask, maskWeight), 1));
}

/** f_txt is q', and nothing is added after the first convolution. */
function withoutInteraction(
  bridges: Weights,
  mmTokens: Tensor,
  config: InsightEditConfig,
): Omit<Conditioning, "image"> {
  const { text } = queryBridge.build(bridges, { mmTokens }, config.bridges);
  return { text, visual: constant(bridges.graph, [0], [1, 1, 1, 1]) };
}

/**
 * Everything InsightEdit's training asks of a batch of scenes, one scalar a loss.
 * Declares the inputs: source and target pixels [N, 3, S, S], and for vision those of `visionLoss`; else ids [N, words], and those of `stateLosses`;
 * for editing also mask [N, 1, h, w] (share of edited pixels), noise [N, C, h, w], timestep [N], signal and spread
 * [N, 1, 1, 1] (sqrt of alpha bar and of 1 - alpha bar), keepText and imageScale [N, 1, 1], keepSource [N, 1, 1, 1].
 * Source: InsightEdit (arXiv:2411.17323), section 3.3.
 */
export function insightEditLosses(
  graph: Graph,
  config: InsightEditConfig,
  options: TrainingOptions,
): Losses {
  const { batch, objects, maskWeight, stage, hasInteraction = true } = options;
  const pixels = [batch, 3, config.vae.imageSize, config.vae.imageSize];
  const root = weightsAt(graph);
  const source = declareInput(graph, "source", pixels);
  const target = declareInput(graph, "target", pixels);
  if (stage === "vision") {
    return { cells: visionLoss(root, source, target, config, { batch, objects }) };
  }
  const ids = declareInput(graph, "ids", [batch, config.mllm.maxWords], "int64");
  const read = visionLanguage.build(root.at("mllm"), { pixels: source, ids }, config.mllm);
  const bridges = root.at("bridges");
  const told = hasInteraction ? bridgeToText(bridges, read, config.bridges) : undefined;
  const { image } = imageBridge.build(bridges, { mmTokens: read.mmTokens }, config.bridges);
  const states = { ...read, image, ...(told && { told }) };
  const encode = (from: Tensor): Tensor =>
    patchEncoder.build(root.at("vae"), { pixels: from }, config.vae).latent;
  const latent = encode(source);
  const latents = { source: latent, change: sub(encode(target), latent) };
  const questions = { objects, maskWeight, target, change: latents.change };
  const losses = stateLosses(root.at("train"), states, config, questions);
  if (stage === "alignment") return losses;
  const { text, visual } = told ?? withoutInteraction(bridges, read.mmTokens, config);
  const conditioning = { text, visual, image };
  return { ...losses, diffusion: diffusionLoss(root, conditioning, latents, config, maskWeight) };
}
