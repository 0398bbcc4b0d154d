import { ModelError } from "../errors.ts";
import { editUnet } from "../networks/edit-unet.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { patchEncoder } from "../networks/patch-autoencoder.ts";
import { type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import { add, mul, sub } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import { type Weights, weightsAt } from "../onnx/weights.ts";
import {
  type BridgedConditions,
  bridgedConditions,
  type Conditioning,
  conditioningOf,
} from "./bridged-conditions.ts";
import { decodingLosses } from "./decoding-losses.ts";
import { type Losses, squaredError } from "./losses.ts";
import { stateLosses } from "./state-losses.ts";
import {
  type BatchInputs,
  batchSizes,
  declareBatch,
  type TrainingStage,
} from "./training-batch.ts";
import { visionLoss } from "./vision-losses.ts";

/** What the losses of a stage depend on besides the network. */
export interface TrainingOptions {
  readonly batch: number;
  /** Kinds of objects; the label after the last says that there is none. */
  readonly objects: number;
  /** How much more an error inside the edit mask counts. */
  readonly maskWeight: number;
  readonly stage: TrainingStage;
  /** False trains without the bidirectional interaction: f_txt is q', and there is no v_t. @default true */
  readonly hasInteraction?: boolean;
  /** Whether the decoder's drawings are compared by ST-LPIPS too. @default false */
  readonly isPerceptual?: boolean;
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
  batch: BatchInputs<"editing">,
  { config, maskWeight }: { readonly config: InsightEditConfig; readonly maskWeight: number },
): Tensor {
  const { graph } = root;
  const { keepText, imageScale, timestep, mask } = batch;
  const size = [1, sizeOf(text, 1), sizeOf(text, 2)];
  const nullText = root.at("bridges").get("null_text", size, { std: 0.5 });
  const base = mul(source, batch.keepSource);
  const clean = add(source, change);
  const noisy = add(mul(clean, batch.signal), mul(batch.noise, batch.spread));
  const inputs = {
    sample: concat([noisy, base], 1),
    timestep,
    text: add(mul(text, keepText), mul(nullText, sub(scalar(graph, 1), keepText))),
    image,
    imageScale,
    visual,
  };
  const { output } = editUnet.build(root.at("unet"), inputs, config.unet);
  return squaredError(add(base, output), clean, add(mul(mask, maskWeight), 1));
}

interface Comprehension {
  readonly losses: Losses;
  readonly latents: Latents;
  readonly read: BridgedConditions;
}

/** Comprehension and bridges with the losses of their states. */
function comprehend(
  root: Weights,
  batch: BatchInputs<"alignment">,
  config: InsightEditConfig,
  { objects, maskWeight, hasInteraction = true }: TrainingOptions,
): Comprehension {
  const { source, target } = batch;
  const read = bridgedConditions(root, batch, config, hasInteraction);
  const encode = (from: Tensor): Tensor =>
    patchEncoder.build(root.at("vae"), { pixels: from }, config.vae).latent;
  const latent = encode(source);
  const latents = { source: latent, change: sub(encode(target), latent) };
  const questions = { batch, objects, maskWeight, change: latents.change };
  return { losses: stateLosses(root.at("train"), read, config, questions), latents, read };
}

function noDecoder(): ModelError {
  return new ModelError("train.losses", "the network has no decoder that sees the source.", {
    at: "decoding",
    hint: "Give its config a `decoder`, or take no steps of this stage.",
  });
}

/**
 * Everything InsightEdit's training asks of a batch of scenes, one scalar a loss. Declares the stage's batch as inputs.
 * Shapes: `batchTensors` -> [] each
 * Throws: train.losses, for decoding without a decoder.
 * Source: InsightEdit (arXiv:2411.17323), section 3.3.
 */
export function insightEditLosses(
  graph: Graph,
  config: InsightEditConfig,
  options: TrainingOptions,
): Losses {
  const { stage, objects, maskWeight } = options;
  const sizes = batchSizes(config, options.batch);
  const root = weightsAt(graph);
  switch (stage) {
    case "vision":
      return { cells: visionLoss(root, declareBatch(graph, stage, sizes), config, objects) };
    case "alignment":
      return comprehend(root, declareBatch(graph, stage, sizes), config, options).losses;
    case "editing": {
      const batch = declareBatch(graph, stage, sizes);
      const { losses, latents, read } = comprehend(root, batch, config, options);
      const conditioning = conditioningOf(root, read, config);
      const settings = { config, maskWeight };
      return { ...losses, diffusion: diffusionLoss(root, conditioning, latents, batch, settings) };
    }
    case "decoding": {
      const { decoder } = config;
      if (decoder === undefined) throw noDecoder();
      const { hasInteraction = true, isPerceptual = false } = options;
      const batch = declareBatch(graph, stage, sizes);
      const how = { decoder, maskWeight, hasInteraction, isPerceptual };
      return decodingLosses(root, batch, config, how);
    }
  }
}
