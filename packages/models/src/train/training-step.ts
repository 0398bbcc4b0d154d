import { gradients } from "../autodiff/reverse.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { emitGraph } from "../onnx/emit.ts";
import { createGraph, scalar, type Tensor } from "../onnx/graph.ts";
import { lowerConvolutions } from "../onnx/lower-convolutions.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { type AdamWOptions, adamW } from "./adam-w.ts";
import {
  bindFlatParameters,
  flattenGradients,
  layOutParameters,
  type ParameterLayout,
} from "./flat-parameters.ts";
import {
  insightEditLosses,
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

/** Editing leaves the vision-language network as alignment made it; its features stay fixed targets. */
const isMoved = (path: string, stage: TrainingStage): boolean =>
  isTrained(path) && !(stage === "editing" && path.startsWith("mllm."));

/** Every trained weight of both stages, so that one flat vector serves either. */
export function insightEditLayout(
  config: InsightEditConfig,
  options: TrainingOptions,
): ParameterLayout {
  const graph = createGraph();
  insightEditLosses(graph, config, { ...options, stage: "editing" });
  return layOutParameters(graph, isTrained);
}

/**
 * One optimization step as ONNX: batch, `parameters`, `first` and `second` in; the moved three, `norm` and each
 * loss [1] out.
 */
export function emitTrainingStep(
  config: InsightEditConfig,
  options: TrainingStepOptions,
): Uint8Array {
  const layout = insightEditLayout(config, options);
  const graph = createGraph();
  const losses = insightEditLosses(graph, config, options);
  lowerConvolutions(graph);
  const total = Object.entries(options.weights).reduce<Tensor>(
    (sum, [name, weight]) => {
      const loss = losses[name];
      return loss === undefined ? sum : add(sum, mul(loss, weight));
    },
    scalar(graph, 0),
  );
  const trained = [...graph.weights.values()]
    .map(({ tensor }) => tensor)
    .filter(({ name }) => isMoved(name, options.stage));
  const slopes = gradients(total, trained);
  const found = new Map(
    trained.flatMap(({ name }, index) => {
      const slope = slopes[index];
      return slope === undefined ? [] : [[name, slope] as const];
    }),
  );
  const gradient = flattenGradients(graph, layout, found);
  const flat = bindFlatParameters(graph, layout, "parameters");
  const step = adamW(flat, gradient, options.optimizer);
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
    { name: "training-step", weights: options.autoencoder },
  );
}
