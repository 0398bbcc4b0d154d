import { gradients } from "../autodiff/reverse.ts";
import type { Tensor } from "../onnx/graph.ts";
import { flattenGradients, type ParameterLayout } from "./flat-parameters.ts";

/** Gradient of a scalar along a run of parameters. Shapes: -> [P] */
export function flatGradient(total: Tensor, layout: ParameterLayout): Tensor {
  const { graph } = total;
  const weights = layout.parameters.flatMap(({ path }) => graph.weights.get(path)?.tensor ?? []);
  const found = new Map<string, Tensor>();
  gradients(total, weights).forEach((slope, index) => {
    if (slope !== undefined) found.set(weights[index]?.name ?? "", slope);
  });
  return flattenGradients(graph, layout, found);
}
