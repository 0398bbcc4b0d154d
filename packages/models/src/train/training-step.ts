import { gradients } from "../autodiff/reverse.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { emitGraph } from "../onnx/emit.ts";
import { createGraph, scalar, type Tensor } from "../onnx/graph.ts";
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
import { insightEditLosses, type TrainingOptions } from "./insightedit-losses.ts";

export type LossWeights = Readonly<Record<string, number>>;

export interface TrainingStepOptions extends TrainingOptions {
  readonly weights: LossWeights;
  readonly optimizer?: AdamWOptions;
  /** The autoencoder, which is not trained here. */
  readonly autoencoder: WeightMap;
}

const isTrained = (path: string): boolean => !path.startsWith("vae.");

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
  const total = Object.entries(losses).reduce<Tensor>(
    (sum, [name, loss]) => add(sum, mul(loss, options.weights[name] ?? 0)),
    scalar(graph, 0),
  );
  const trained = [...graph.weights.values()]
    .map(({ tensor }) => tensor)
    .filter(({ name }) => isTrained(name));
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
