import { isTrainedLora, type LoraShape, trainedLora } from "../networks/lora.ts";
import { unetOutput } from "../networks/unet-2d-condition.ts";
import type { UnetConfig } from "../networks/unet-config.ts";
import { createGraph, declareInput, type Graph, type Tensor } from "../onnx/graph.ts";
import { lowerForTraining } from "../onnx/lower/lower-for-training.ts";
import { concat } from "../onnx/ops/arrange.ts";
import { add, mul, sub } from "../onnx/ops/elementwise.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { weightsAt } from "../onnx/weights.ts";
import type { Prediction } from "../schedules/prediction.ts";
import type { AdamWOptions } from "./adam-w.ts";
import { flatGradient } from "./flat-gradient.ts";
import { bindFlatParameters, layOutParameters, type ParameterLayout } from "./flat-parameters.ts";
import type { TrainingSchedule } from "./learning-rate.ts";
import { squaredError } from "./losses.ts";
import { emitOptimizationSteps } from "./optimization-steps.ts";
import type { FloatTensor } from "./tensor-value.ts";

/** What a step of a UNet's training is built for. */
export interface UnetTraining {
  /** Its first half of the input channels reads the noisy latent, the second the source's. */
  readonly unet: UnetConfig;
  /** Words of a condition. SD-1.5: 77 */
  readonly textTokens: number;
  /** Edits in a step. */
  readonly batch: number;
  /** What the network predicts. */
  readonly prediction: Prediction;
  /** Low-rank branches that are trained instead of the weights. */
  readonly lora?: LoraShape | undefined;
}

/** The tensors of one step, by the names that its loss declares. */
export type UnetBatch = {
  /** The target's latent, scaled to about unit variance. [N, C, h, w] */
  readonly target: FloatTensor;
  /** The source's latent as the autoencoder gives it, or zeros. [N, C, h, w] */
  readonly source: FloatTensor;
  /** The condition of the instruction, or of the empty text. [N, S, E] */
  readonly text: FloatTensor;
  /** Standard normal noise. [N, C, h, w] */
  readonly noise: FloatTensor;
  /** Training timestep. [N] */
  readonly timestep: FloatTensor;
  /** Shares of the clean latent and of the noise: sqrt(alpha bar) and sqrt(1 - alpha bar). [N, 1, 1, 1] */
  readonly signal: FloatTensor;
  readonly spread: FloatTensor;
};

type BatchTensors = { readonly [Name in keyof UnetBatch]: Tensor };

function declareUnetBatch(graph: Graph, { unet, textTokens, batch }: UnetTraining): BatchTensors {
  const latent = [batch, unet.outChannels, ...unet.sampleSize];
  const perRow = [batch, 1, 1, 1];
  return {
    target: declareInput(graph, "target", latent),
    source: declareInput(graph, "source", latent),
    text: declareInput(graph, "text", [batch, textTokens, unet.crossAttentionDim]),
    noise: declareInput(graph, "noise", latent),
    timestep: declareInput(graph, "timestep", [batch]),
    signal: declareInput(graph, "signal", perRow),
    spread: declareInput(graph, "spread", perRow),
  };
}

/** What the network is to predict. Source: Progressive Distillation (arXiv:2202.00512), appendix D, for v. */
function wantedOf({ target, noise, signal, spread }: BatchTensors, prediction: Prediction): Tensor {
  switch (prediction) {
    case "epsilon":
      return noise;
    case "sample":
      return target;
    case "v_prediction":
      return sub(mul(noise, signal), mul(target, spread));
  }
}

/**
 * Squared error of what a UNet predicts from a noisy latent beside the source's. Declares the batch as inputs.
 * Shapes: `UnetBatch` -> []
 * Source: InstructPix2Pix (arXiv:2211.09800), equation 2.
 */
export function unetLoss(graph: Graph, training: UnetTraining): Tensor {
  const batch = declareUnetBatch(graph, training);
  const { target, source, text, noise, timestep, signal, spread } = batch;
  const noisy = add(mul(target, signal), mul(noise, spread));
  const inputs = { sample: concat([noisy, source], 1), timestep, text };
  const refine = training.lora && trainedLora(training.lora);
  const output = unetOutput(weightsAt(graph, "", refine), inputs, training.unet);
  return squaredError(output, wantedOf(batch, training.prediction));
}

/** Every weight that is trained, in one flat vector: those of the branches, or all of the network's. */
export function unetLayout(training: UnetTraining): ParameterLayout {
  const graph = createGraph();
  unetLoss(graph, training);
  return layOutParameters(graph, training.lora === undefined ? () => true : isTrainedLora);
}

/** A step of a UNet's training, and how it is taken. */
export interface UnetStepOptions extends UnetTraining {
  readonly schedule: TrainingSchedule;
  readonly optimizer: AdamWOptions;
  /** The network's own weights where branches are trained. */
  readonly weights?: WeightMap;
  /** Whether operators are replaced by those that are faster on a CPU. @default true */
  readonly lowersForCpu?: boolean;
}

/**
 * Optimization steps of a UNet's weights, or of branches beside them, many in one run, as `emitOptimizationSteps` gives them.
 * Source: LoRA (arXiv:2106.09685), section 4.1, for the branches.
 */
export function emitUnetSteps(options: UnetStepOptions): Uint8Array {
  const { schedule, optimizer, weights, lowersForCpu = true } = options;
  const layout = unetLayout(options);
  const graph = createGraph();
  const diffusion = unetLoss(graph, options);
  if (lowersForCpu) lowerForTraining(graph);
  const gradient = flatGradient(diffusion, layout);
  const parameters = bindFlatParameters(graph, layout, "parameters");
  const losses = { diffusion };
  return emitOptimizationSteps(graph, {
    ...{ parameters, gradient, losses, schedule, optimizer },
    ...(weights && { weights }),
  });
}
