import { editUnet } from "../networks/edit-unet.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { patchEncoder } from "../networks/patch-autoencoder.ts";
import { type SourceDecoderSizes, sourceDecoder } from "../networks/source-decoder.ts";
import { stLpips } from "../networks/st-lpips.ts";
import { constant, type Tensor } from "../onnx/graph.ts";
import { concat, reshape, sliceAxis } from "../onnx/ops/arrange.ts";
import { add, clamp, mul, sub } from "../onnx/ops/elementwise.ts";
import { reduceSumSquare } from "../onnx/ops/reduce.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { stableDiffusionNoise } from "../schedules/noise-schedule.ts";
import { bridgedConditions, conditioningOf } from "./bridged-conditions.ts";
import { absoluteError, type Losses, structuralDissimilarity } from "./losses.ts";
import type { BatchInputs } from "./training-batch.ts";

/** What the decoding losses depend on besides the network. */
export interface DecodingOptions {
  readonly decoder: SourceDecoderSizes;
  /** How much more an error inside the edit counts. */
  readonly maskWeight: number;
  readonly hasInteraction: boolean;
  /** Whether the drawings are compared by ST-LPIPS too, whose weights stand under `perceptual`. */
  readonly isPerceptual: boolean;
}

/** The edit that the frozen networks predict in one step from the last timestep. Shapes: -> [N, C, h, w] */
function predictedLatent(
  root: Weights,
  batch: BatchInputs<"decoding">,
  sourceLatent: Tensor,
  config: InsightEditConfig,
  hasInteraction: boolean,
): Tensor {
  const read = bridgedConditions(root, batch, config, hasInteraction);
  const last = stableDiffusionNoise.steps - 1;
  const rows = sizeOf(batch.source, 0);
  const inputs = {
    ...conditioningOf(root, read, config),
    sample: concat([batch.noise, sourceLatent], 1),
    timestep: constant(
      root.graph,
      Array.from({ length: rows }, () => last),
      [rows],
    ),
    imageScale: batch.imageScale,
  };
  return add(sourceLatent, editUnet.build(root.at("unet"), inputs, config.unet).output);
}

/** Rows of a batch that are compared by ST-LPIPS, which costs more than all the rest of a step. */
const perceptualRows = 2;

/**
 * Mean ST-LPIPS of the first rows.
 * Shapes: pixels, target [N, 3, S, S] in [-1, 1] -> []
 * Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686).
 */
function perceptualLoss(root: Weights, pixels: Tensor, target: Tensor): Tensor {
  const rows = Math.min(perceptualRows, sizeOf(pixels, 0));
  const pair = concat([sliceAxis(pixels, 0, 0, rows), sliceAxis(target, 0, 0, rows)], 0);
  const size = { height: sizeOf(pixels, 2), width: sizeOf(pixels, 3) };
  return reshape(stLpips.build(root.at("perceptual"), { pixels: pair }, size).distance, []);
}

/** 1 where any colour differs by about a level of 255 or more, else less. Shapes: [N, 3, S, S] twice -> [N, 1, S, S] */
function editedPixels(source: Tensor, target: Tensor): Tensor {
  const level = 2 / 255;
  return clamp(mul(reduceSumSquare(sub(target, source), [1], true), 1 / level ** 2), 0, 1);
}

/**
 * What the decoder that sees the source makes of predicted and of true latents, against the target; all other networks
 * stay as they are.
 * Shapes: `batchTensors` -> [] each
 * Source: the asymmetric decoder of arXiv:2306.04632, section 3.2; SSIM (Wang et al. 2004) as a loss, arXiv:1511.08861.
 */
export function decodingLosses(
  root: Weights,
  batch: BatchInputs<"decoding">,
  config: InsightEditConfig,
  { decoder, maskWeight, hasInteraction, isPerceptual }: DecodingOptions,
): Losses {
  const { source, target, isPredicted } = batch;
  const encode = (pixels: Tensor): Tensor =>
    patchEncoder.build(root.at("vae"), { pixels }, config.vae).latent;
  const [sourceLatent, truth] = [encode(source), encode(target)];
  const predicted = predictedLatent(root, batch, sourceLatent, config, hasInteraction);
  const latent = add(truth, mul(sub(predicted, truth), isPredicted));
  const inputs = { latent, sourceLatent, source };
  const { pixels } = sourceDecoder.build(root, inputs, { ...decoder, vae: config.vae });
  const weight = add(mul(editedPixels(source, target), maskWeight), 1);
  return {
    pixels: absoluteError(pixels, target, weight),
    structure: structuralDissimilarity(pixels, target),
    ...(isPerceptual && { perceptual: perceptualLoss(root, pixels, target) }),
  };
}
