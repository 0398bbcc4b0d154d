import { declareWeight, type Graph, type Init, type Shape, type Tensor } from "./graph.ts";

/** A place in a network's tree of weights; paths are the reference checkpoint's keys. */
export interface Weights {
  readonly graph: Graph;
  readonly path: string;
  at(name: string | number): Weights;
  get(name: string, shape: Shape, init: Init): Tensor;
}

export function weightsAt(graph: Graph, path = ""): Weights {
  const join = (name: string | number): string => (path === "" ? `${name}` : `${path}.${name}`);
  return {
    graph,
    path,
    at: (name) => weightsAt(graph, join(name)),
    get: (name, shape, init) => declareWeight(graph, join(name), shape, init),
  };
}
