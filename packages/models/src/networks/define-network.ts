import { emitGraph } from "../onnx/emit.ts";
import {
  createGraph,
  type DType,
  declareInput,
  type Graph,
  type Shape,
  type Tensor,
} from "../onnx/graph.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { type Refine, type Weights, weightsAt } from "../onnx/weights.ts";

/** Shape and type of an input; `N` names the size of the batch. */
export interface InputSpec {
  readonly shape: Shape;
  /** @default the graph's floating-point type */
  readonly dtype?: DType;
}

/**
 * A network as a function from inputs to outputs; its config says only what varies, and which of the
 * optional inputs there are.
 */
export interface Network<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
> {
  readonly name: string;
  inputs(
    config: Config,
  ): Readonly<Record<Input, InputSpec>> & Readonly<Partial<Record<Optional, InputSpec>>>;
  build(
    w: Weights,
    inputs: Readonly<Record<Input, Tensor>> & Readonly<Partial<Record<Optional, Tensor>>>,
    config: Config,
  ): Readonly<Record<Output, Tensor>>;
}

/**
 * Declares a network from its inputs and its function, so that both are typed by one object literal.
 * @example defineNetwork({ name: "double", inputs: () => ({ x: { shape: ["N"] } }), build: (_, { x }) => ({ y:
 * add(x, x) }) })
 */
export function defineNetwork<Config, Input extends string, Output extends string>(
  network: Network<Config, Input, Output>,
): Network<Config, Input, Output> {
  return network;
}

/** A network's graph and its outputs as symbolic tensors. */
export interface BuiltNetwork<Output extends string> {
  readonly graph: Graph;
  readonly outputs: Readonly<Record<Output, Tensor>>;
}

/** Builds the symbolic graph of a network. */
export function buildNetwork<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  network: Network<Config, Input, Output, Optional>,
  config: Config,
  prefix = "",
  refine?: Refine,
): BuiltNetwork<Output> {
  const graph = createGraph();
  const specs: Readonly<Record<string, InputSpec>> = network.inputs(config);
  const declared = Object.entries(specs).map(([name, { shape, dtype }]) => [
    name,
    declareInput(graph, name, shape, dtype),
  ]);
  const inputs = Object.fromEntries(declared) as Record<Input, Tensor> &
    Partial<Record<Optional, Tensor>>;
  return { graph, outputs: network.build(weightsAt(graph, prefix, refine), inputs, config) };
}

/**
 * A network as ONNX bytes with the checkpoint's weights inside.
 * Throws: weights.missing, weights.shape, weights.mismatch, weights.not-finite.
 */
export function emitOnnx<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  network: Network<Config, Input, Output, Optional>,
  config: Config,
  weights: WeightMap,
  prefix = "",
): Uint8Array {
  const { graph, outputs } = buildNetwork(network, config, prefix);
  return emitGraph(graph, outputs, { name: network.name, weights });
}
