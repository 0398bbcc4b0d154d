import {
  constant,
  declareInput,
  type Graph,
  type OnnxNode,
  type Shape,
  type Tensor,
  type Weight,
} from "../onnx/graph.ts";
import { concat, expand, reshape } from "../onnx/ops/arrange.ts";
import { knownCount } from "../onnx/shape.ts";

/** A weight's place in the flat vector. */
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

/** Lays out a graph's weights, leaving out those that are not trained. */
export function layOutParameters(
  graph: Pick<Graph, "weights">,
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

/** A run of a flat vector: numbers from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Three runs of a layout, each counting its places from its own start. */
export interface CutLayout {
  readonly before: ParameterLayout;
  readonly moved: ParameterLayout;
  readonly after: ParameterLayout;
}

/** Cuts a layout before the first parameter that is moved and after the last. */
export function cutLayout(
  { parameters, count }: ParameterLayout,
  isMoved: (path: string) => boolean,
): CutLayout {
  const startOf = (index: number): number => parameters[index]?.offset ?? count;
  const run = (from: number, to: number): ParameterLayout => {
    const start = startOf(from);
    const rebased = parameters
      .slice(from, to)
      .map((one) => ({ ...one, offset: one.offset - start }));
    return { parameters: rebased, count: startOf(to) - start };
  };
  const first = parameters.findIndex(({ path }) => isMoved(path));
  const end = parameters.findLastIndex(({ path }) => isMoved(path)) + 1;
  return {
    before: run(0, first),
    moved: run(first, end),
    after: run(end, parameters.length),
  };
}

/**
 * Declares one flat input and cuts the graph's trained weights out of it, before every other node: each by a Slice, since
 * GPU providers bound the outputs of one operator.
 * Shapes: [P] -> each weight's own shape
 */
export function bindFlatParameters(graph: Graph, layout: ParameterLayout, name: string): Tensor {
  const flat = declareInput(graph, name, [layout.count]);
  const numbers = (values: readonly number[]): Tensor =>
    constant(graph, values, [values.length], "int64");
  const cuts = layout.parameters.flatMap(({ path, shape, offset, count }): OnnxNode[] => {
    const weight = graph.weights.get(path);
    if (weight === undefined) return [];
    const span = [numbers([offset]), numbers([offset + count])];
    const cut = (piece: Tensor): OnnxNode => ({
      op: "Slice",
      inputs: [flat, ...span],
      outputs: [piece],
      attributes: {},
    });
    if (shape.length === 1) return [cut(weight.tensor)];
    const piece = { graph, name: `${path}:flat`, dtype: flat.dtype, shape: [count] };
    const sizes = numbers(shape.map(Number));
    return [
      cut(piece),
      { op: "Reshape", inputs: [piece, sizes], outputs: [weight.tensor], attributes: {} },
    ];
  });
  graph.nodes.unshift(...cuts);
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
