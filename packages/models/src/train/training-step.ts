import { ModelError } from "../errors.ts";
import { buildNetwork } from "../networks/define-network.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { sourceDecoder } from "../networks/source-decoder.ts";
import { createGraph, type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { lowerForTraining } from "../onnx/lower/lower-for-training.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import type { AdamWOptions } from "./adam-w.ts";
import { flatGradient } from "./flat-gradient.ts";
import {
  bindFlatParameters,
  cutLayout,
  layOutParameters,
  type ParameterLayout,
  type Span,
} from "./flat-parameters.ts";
import { insightEditLosses, type TrainingOptions } from "./insightedit-losses.ts";
import type { TrainingSchedule } from "./learning-rate.ts";
import type { Losses, LossName } from "./losses.ts";
import { emitOptimizationSteps } from "./optimization-steps.ts";
import type { TrainingStage } from "./training-batch.ts";

/** Inputs of the weights that lie before and after the moved run. */
const unmoved = ["parameters.before", "parameters.after"] as const;

/** How much each loss counts; one that is left out is reported and counts nothing. */
export type LossWeights = Readonly<Partial<Record<LossName, number>>>;

/** All that a training step stands on besides the network: the recipe of one stage. */
export interface TrainingStepOptions extends TrainingOptions {
  readonly weights: LossWeights;
  readonly schedule: TrainingSchedule;
  readonly optimizer: AdamWOptions;
  /** What is not trained here: the autoencoder, and with the perceptual loss the network that it compares by. */
  readonly frozen: WeightMap;
  /** Whether operators are replaced by those that are faster on a CPU; a GPU has kernels for them. @default true */
  readonly lowersForCpu?: boolean;
}

const isOfDecoder = (path: string): boolean => path.startsWith("decoder.");
const isTrained = (path: string): boolean => !path.startsWith("vae.");

/**
 * Vision moves the tower and its question; alignment all but the denoising network; editing leaves the
 * vision-language network as alignment made it, so that its features stay fixed targets; decoding moves the decoder alone.
 */
const isMovedIn: Readonly<Record<TrainingStage, (path: string) => boolean>> = {
  vision: (path) => path.startsWith("mllm.vision_tower.") || path.startsWith("train.cells."),
  alignment: (path) => !path.startsWith("unet.") && !isOfDecoder(path),
  editing: (path) => !path.startsWith("mllm.") && !isOfDecoder(path),
  decoding: isOfDecoder,
};
const isMoved = (path: string, stage: TrainingStage): boolean =>
  isTrained(path) && isMovedIn[stage](path);

/** Every trained weight of all stages, so that one flat vector serves each. */
export function insightEditLayout(
  config: InsightEditConfig,
  options: TrainingOptions,
): ParameterLayout {
  const graph = createGraph();
  insightEditLosses(graph, config, { ...options, stage: "editing" });
  const { decoder, vae } = config;
  const drawn = decoder && buildNetwork(sourceDecoder, { ...decoder, vae }).graph;
  const weights = new Map([...graph.weights, ...(drawn?.weights ?? [])]);
  return layOutParameters({ weights }, isTrained);
}

/** The run of the flat vectors that a stage moves; it leaves the numbers before and after as they are. */
export function movedSpan(layout: ParameterLayout, stage: TrainingStage): Span {
  const { before, moved } = cutLayout(layout, (path) => isMoved(path, stage));
  return { start: before.count, end: before.count + moved.count };
}

/** The losses' weighted sum. Throws: train.losses, for a weight of a loss that the stage does not have. Shapes: -> [] */
function totalOf(graph: Graph, losses: Losses, weights: LossWeights): Tensor {
  const known: Readonly<Record<string, Tensor>> = losses;
  return Object.entries(weights).reduce<Tensor>(
    (sum, [name, weight]) => {
      const loss = known[name];
      if (loss !== undefined) return add(sum, mul(loss, weight));
      throw new ModelError("train.losses", "the stage has no such loss.", {
        at: name,
        hint: `Its losses are ${Object.keys(known).join(", ")}.`,
      });
    },
    scalar(graph, 0),
  );
}

/**
 * Optimization steps of a stage, many in one run, as `emitOptimizationSteps` gives them; their vectors are the stage's
 * moved run. `parameters.before` and `parameters.after` are inputs too where the stage reads them.
 * Throws: train.losses, weights.missing, weights.shape, weights.mismatch, weights.not-finite.
 */
export function emitTrainingSteps(
  config: InsightEditConfig,
  options: TrainingStepOptions,
): Uint8Array {
  const { stage, weights, schedule, optimizer, frozen, lowersForCpu = true } = options;
  const layout = insightEditLayout(config, options);
  const { before, moved, after } = cutLayout(layout, (path) => isMoved(path, stage));
  const graph = createGraph();
  const isPerceptual = (weights.perceptual ?? 0) > 0;
  const losses = insightEditLosses(graph, config, { ...options, isPerceptual });
  if (lowersForCpu) lowerForTraining(graph);
  const gradient = flatGradient(totalOf(graph, losses, weights), moved);
  if (before.count > 0) bindFlatParameters(graph, before, unmoved[0]);
  if (after.count > 0) bindFlatParameters(graph, after, unmoved[1]);
  const parameters = bindFlatParameters(graph, moved, "parameters");
  return emitOptimizationSteps(graph, {
    parameters,
    gradient,
    losses,
    schedule,
    optimizer,
    shared: unmoved,
    weights: frozen,
  });
}
