import { declareWeight, type Graph, type Init, type Shape, type Tensor } from "./graph.ts";
import type { Sides } from "./ops/convolution.ts";

/** How a convolution walks over its input; a linear layer has none. */
export interface Geometry {
  readonly kernel: number;
  readonly stride: number;
  /** On every side, or at the top, left, bottom and right. */
  readonly padding: number | Sides;
}

/**
 * What is added to a layer's result, by the layer's path; gives `y` back where nothing is.
 * Shapes: as the layer's x and y
 */
export type Refine = (w: Weights, x: Tensor, y: Tensor, geometry?: Geometry) => Tensor;

/** A place in a network's tree of weights; paths are the reference checkpoint's keys. */
export interface Weights {
  readonly graph: Graph;
  readonly path: string;
  at(name: string | number): Weights;
  get(name: string, shape: Shape, init: Init): Tensor;
  /** Every layer ends with it, so that adapters reach it: y = W x becomes y + what they add. */
  refine(x: Tensor, y: Tensor, geometry?: Geometry): Tensor;
}

/** A place in the tree of weights of a graph. @param refine Adds an adapter's branch to each layer's result. */
export function weightsAt(graph: Graph, path = "", refine: Refine = (_, __, y) => y): Weights {
  const join = (name: string | number): string => (path === "" ? `${name}` : `${path}.${name}`);
  const here: Weights = {
    graph,
    path,
    at: (name) => weightsAt(graph, join(name), refine),
    get: (name, shape, init) => declareWeight(graph, join(name), shape, init),
    refine: (x, y, geometry) => refine(here, x, y, geometry),
  };
  return here;
}
