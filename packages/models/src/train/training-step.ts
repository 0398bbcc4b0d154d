import { gradients } from "../autodiff/reverse.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { toMessage } from "../onnx/emit.ts";
import { createGraph, type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { lowerForTraining } from "../onnx/lower-for-training.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { repeatModel } from "../onnx/repeat-model.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { encodeModel, type ModelMessage, type NodeMessage } from "../onnx/wire.ts";
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

/** Inputs of the weights that lie before and after the moved run. */
const unmoved = ["parameters.before", "parameters.after"] as const;

export type LossWeights = Readonly<Record<string, number>>;

export interface TrainingStepOptions extends TrainingOptions {
  readonly weights: LossWeights;
  readonly optimizer?: AdamWOptions;
  /** The autoencoder, which is not trained here. */
  readonly autoencoder: WeightMap;
  /** Whether operators are replaced by those that are faster on a CPU; a GPU has kernels for them. @default true */
  readonly lowersForCpu?: boolean;
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

function stepMessage(config: InsightEditConfig, options: TrainingStepOptions): ModelMessage {
  const { stage, weights, optimizer, autoencoder, lowersForCpu = true } = options;
  const layout = insightEditLayout(config, options);
  const { before, moved, after } = cutLayout(layout, (path) => isMoved(path, stage));
  const graph = createGraph();
  const losses = insightEditLosses(graph, config, options);
  if (lowersForCpu) lowerForTraining(graph);
  const gradient = flatGradient(totalOf(graph, losses, weights), moved);
  if (before.count > 0) bindFlatParameters(graph, before, unmoved[0]);
  if (after.count > 0) bindFlatParameters(graph, after, unmoved[1]);
  const flat = bindFlatParameters(graph, moved, "parameters");
  const step = adamW(flat, gradient, optimizer);
  const shown = Object.entries(losses).map(([name, loss]) => [`loss.${name}`, reshape(loss, [1])]);
  const outputs = {
    "parameters.next": step.parameters,
    "first.next": step.first,
    "second.next": step.second,
    norm: step.norm,
    ...Object.fromEntries(shown),
  };
  return toMessage(graph, outputs, { name: "training-step", weights: autoencoder });
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
  return encodeModel(stepMessage(config, options));
}

/** Adds `average` [P] and `share` [1] to the inputs: the average moves by that share to where the parameters end. */
function withAverage(model: ModelMessage): ModelMessage {
  const [end] = model.outputs;
  if (end === undefined) return model;
  const node = (op: string, inputs: readonly string[], output: string): NodeMessage => ({
    op,
    name: `${output}/${op}`,
    inputs,
    outputs: [output],
    attributes: {},
  });
  const share = { name: "share", dtype: end.dtype, shape: [1] };
  return {
    ...model,
    nodes: [
      ...model.nodes,
      node("Sub", [end.name, "average"], "average.away"),
      node("Mul", ["average.away", share.name], "average.move"),
      node("Add", ["average", "average.move"], "average.next"),
    ],
    inputs: [...model.inputs, { ...end, name: "average" }, share],
    outputs: [...model.outputs, { ...end, name: "average.next" }],
  };
}

/**
 * Many optimization steps in one run, by ONNX's Loop, and the average of the weights after them: parameters and
 * moments stay where the provider keeps them. Inputs are those of `emitTrainingStep`, the batch and the rates stacked,
 * with `turns`, `average` and `share` beside; `norm` and losses come as [turns, 1].
 */
export function emitTrainingSteps(
  config: InsightEditConfig,
  options: TrainingStepOptions,
): Uint8Array {
  const carried = {
    parameters: "parameters.next",
    first: "first.next",
    second: "second.next",
  };
  const step = stepMessage(config, options);
  return encodeModel(withAverage(repeatModel(step, { carried, shared: unmoved })));
}
