import { gradients } from "../autodiff/reverse.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { emitGraph } from "../onnx/emit.ts";
import { createGraph, type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { lowerConvolutions } from "../onnx/lower-convolutions.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { type AdamWOptions, adamW } from "./adam-w.ts";
import {
  bindFlatParameters,
  cutLayout,
  flattenGradients,
  layOutParameters,
  type ParameterLayout,
  type Span,
} from "./flat-parameters.ts";
import {
  insightEditLosses,
  type Losses,
  type TrainingOptions,
  type TrainingStage,
} from "./insightedit-losses.ts";

export type LossWeights = Readonly<Record<string, number>>;

export interface TrainingStepOptions extends TrainingOptions {
  readonly weights: LossWeights;
  readonly optimizer?: AdamWOptions;
  /** The autoencoder, which is not trained here. */
  readonly autoencoder: WeightMap;
}

const isTrained = (path: string): boolean => !path.startsWith("vae.");

/**
 * Vision moves the tower and its question; alignment all but the denoising network; editing leaves the
 * vision-language network as alignment made it, so that its features stay fixed targets.
 */
const isMovedIn: Readonly<Record<TrainingStage, (path: string) => boolean>> = {
  vision: (path) => path.startsWith("mllm.vision_tower.") || path.startsWith("train.cells."),
  alignment: (path) => !path.startsWith("unet."),
  editing: (path) => !path.startsWith("mllm."),
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
  return layOutParameters(graph, isTrained);
}

/** The run of the flat vectors that a stage moves; it leaves the numbers before and after as they are. */
export function movedSpan(layout: ParameterLayout, stage: TrainingStage): Span {
  const { before, moved } = cutLayout(layout, (path) => isMoved(path, stage));
  return { start: before.count, end: before.count + moved.count };
}

/** The losses' weighted sum. */
function totalOf(graph: Graph, losses: Losses, weights: LossWeights): Tensor {
  return Object.entries(weights).reduce<Tensor>(
    (sum, [name, weight]) => {
      const loss = losses[name];
      return loss === undefined ? sum : add(sum, mul(loss, weight));
    },
    scalar(graph, 0),
  );
}

/** Gradient of a scalar along the moved run. Shapes: -> [P] */
function flatGradient(total: Tensor, moved: ParameterLayout): Tensor {
  const { graph } = total;
  const weights = moved.parameters.flatMap(({ path }) => graph.weights.get(path)?.tensor ?? []);
  const found = new Map<string, Tensor>();
  gradients(total, weights).forEach((slope, index) => {
    if (slope !== undefined) found.set(weights[index]?.name ?? "", slope);
  });
  return flattenGradients(graph, moved, found);
}

/**
 * One optimization step as ONNX: batch, `parameters`, `first` and `second` of the moved run in, with
 * `parameters.before` and `parameters.after` where the stage reads them; the moved three, `norm` and each loss [1]
 * out.
 */
export function emitTrainingStep(
  config: InsightEditConfig,
  options: TrainingStepOptions,
): Uint8Array {
  const { stage, weights, optimizer, autoencoder } = options;
  const layout = insightEditLayout(config, options);
  const { before, moved, after } = cutLayout(layout, (path) => isMoved(path, stage));
  const graph = createGraph();
  const losses = insightEditLosses(graph, config, options);
  lowerConvolutions(graph);
  const gradient = flatGradient(totalOf(graph, losses, weights), moved);
  if (before.count > 0) bindFlatParameters(graph, before, "parameters.before");
  if (after.count > 0) bindFlatParameters(graph, after, "parameters.after");
  const flat = bindFlatParameters(graph, moved, "parameters");
  const step = adamW(flat, gradient, optimizer);
  const shown = Object.entries(losses).map(([name, loss]) => [`loss.${name}`, reshape(loss, [1])]);
  return emitGraph(
    graph,
    {
      "parameters.next": step.parameters,
      "first.next": step.first,
      "second.next": step.second,
      norm: step.norm,
      ...Object.fromEntries(shown),
    },
    { name: "training-step", weights: autoencoder },
  );
}
