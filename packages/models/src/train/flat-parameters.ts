import {
  constant,
  declareInput,
  type Graph,
  type Shape,
  type Tensor,
  type Weight,
} from "../onnx/graph.ts";
import { concat, expand, reshape } from "../onnx/ops/arrange.ts";
import { knownCount } from "../onnx/shape.ts";

export interface Parameter {
  readonly path: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly count: number;
  readonly init: Weight["init"];
}

/** Where each trained weight lies in one flat vector, in order of declaration. */
export interface ParameterLayout {
  readonly parameters: readonly Parameter[];
  readonly count: number;
}

/** Lays out the weights of a graph, leaving out those that are not trained. */
export function layOutParameters(
  graph: Graph,
  isTrained: (path: string) => boolean,
): ParameterLayout {
  let offset = 0;
  const parameters = [...graph.weights].flatMap(([path, { tensor, init }]) => {
    if (!isTrained(path)) return [];
    const parameter = { path, shape: tensor.shape, offset, count: knownCount(tensor.shape), init };
    offset += parameter.count;
    return [parameter];
  });
  return { parameters, count: offset };
}

/**
 * Declares one flat input and cuts the graph's trained weights out of it, before every other node.
 * Shapes: [P] -> each weight's own shape
 */
export function bindFlatParameters(graph: Graph, layout: ParameterLayout, name: string): Tensor {
  const flat = declareInput(graph, name, [layout.count]);
  const sizes = constant(
    graph,
    layout.parameters.map(({ count }) => count),
    [layout.parameters.length],
    "int64",
  );
  const pieces = layout.parameters.map(({ path, count }) => ({
    graph,
    name: `${path}:flat`,
    dtype: flat.dtype,
    shape: [count],
  }));
  const cuts = layout.parameters.flatMap(({ path, shape }, index) => {
    const weight = graph.weights.get(path);
    if (weight === undefined) return [];
    const operand = constant(graph, shape.map(Number), [shape.length], "int64");
    const inputs = [pieces[index] as Tensor, operand];
    return [{ op: "Reshape", inputs, outputs: [weight.tensor], attributes: {} }];
  });
  const split = { op: "Split", inputs: [flat, sizes], outputs: pieces, attributes: { axis: 0 } };
  graph.nodes.unshift(split, ...cuts);
  return flat;
}

/** Joins gradients in the layout's order; a weight without one gets zeros. Shapes: -> [P] */
export function flattenGradients(
  graph: Graph,
  layout: ParameterLayout,
  found: ReadonlyMap<string, Tensor>,
): Tensor {
  const zero = constant(graph, [0], [1]);
  return concat(
    layout.parameters.map(({ path, count }) => {
      const gradient = found.get(path);
      return gradient === undefined ? expand(zero, [count]) : reshape(gradient, [count]);
    }),
    0,
  );
}
