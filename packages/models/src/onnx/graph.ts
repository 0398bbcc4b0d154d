import { ModelError } from "../errors.ts";

/** A known size, or the name of one that is known only when the graph runs. */
export type Dim = number | string;
/** Sizes of a tensor's axes. */
export type Shape = readonly Dim[];
/** Element types that operators compute with. */
export type DType = "float32" | "float64" | "float16" | "int64" | "uint8" | "bool";

/** A symbolic value: it stands for what a node, an input, a weight or a constant will hold. */
export interface Tensor {
  readonly graph: Graph;
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** An attribute of an operator; a number alone is written as a whole number. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

/** Whose operators: ONNX's own when left out, or those that ONNX Runtime adds. */
export type OpDomain = "com.microsoft";

/** An operator with its inputs and outputs. */
export interface OnnxNode {
  readonly op: string;
  readonly domain?: OpDomain | undefined;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Numbers baked into the graph, row-major. */
export interface Constant {
  readonly tensor: Tensor;
  readonly values: ArrayLike<number>;
}

/** How a weight begins before training; `std` is the standard deviation of a normal draw. */
export type Init = { readonly std: number } | { readonly fill: number };

/** A weight's tensor and how it begins before training. */
export interface Weight {
  readonly tensor: Tensor;
  readonly init: Init;
}

/** A network being built; nodes are kept in an order in which they can run. */
export interface Graph {
  readonly nodes: OnnxNode[];
  readonly inputs: Tensor[];
  readonly constants: Map<string, Constant>;
  readonly weights: Map<string, Weight>;
  readonly names: Map<string, number>;
  readonly floatType: "float32" | "float64";
}

/** Creates an empty graph. @param floatType Type of its inputs and weights; float64 is for checking gradients. */
export function createGraph(floatType: Graph["floatType"] = "float32"): Graph {
  return {
    nodes: [],
    inputs: [],
    constants: new Map(),
    weights: new Map(),
    names: new Map(),
    floatType,
  };
}

/** Two values never share a name: the second `a/Add` is `a/Add_2`. */
function uniqueName(graph: Graph, base: string): string {
  const count = (graph.names.get(base) ?? 0) + 1;
  graph.names.set(base, count);
  return count === 1 ? base : `${base}_${count}`;
}

/** Declares an input of the graph. @param dtype @default the graph's floating-point type. Shapes: -> shape */
export function declareInput(graph: Graph, name: string, shape: Shape, dtype?: DType): Tensor {
  const tensor = { graph, name: uniqueName(graph, name), dtype: dtype ?? graph.floatType, shape };
  graph.inputs.push(tensor);
  return tensor;
}

/** Declares a weight by its path; asking again for the same path gives the same tensor. */
export function declareWeight(
  graph: Graph,
  path: string,
  shape: Shape,
  init: Init,
  dtype: DType = graph.floatType,
): Tensor {
  const known = graph.weights.get(path);
  if (known !== undefined) return known.tensor;
  const tensor = { graph, name: uniqueName(graph, path), dtype, shape };
  graph.weights.set(path, { tensor, init });
  return tensor;
}

/** Puts numbers into the graph, row-major. Shapes: values -> shape */
export function constant(
  graph: Graph,
  values: ArrayLike<number>,
  shape: Shape,
  dtype: DType = graph.floatType,
): Tensor {
  const tensor = { graph, name: uniqueName(graph, "constant"), dtype, shape };
  graph.constants.set(tensor.name, { tensor, values });
  return tensor;
}

/** A constant without axes, of the graph's floating-point type. Shapes: -> [] */
export function scalar(graph: Graph, value: number): Tensor {
  return constant(graph, [value], []);
}

/** Type and shape that an operator's output will have. */
export interface OutputSpec {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Names follow the code: a value is named for the weight path it came from, then its operator. */
function scopeOf(graph: Graph, inputs: readonly Tensor[]): string {
  const weight = inputs.find((input) => graph.weights.has(input.name));
  if (weight !== undefined) return weight.name.replace(/\.[^.]*$/, "");
  const source = inputs.find((input) => !graph.constants.has(input.name));
  return source === undefined ? "graph" : source.name.replace(/\/[^/]*$/, "");
}

/** Appends one operator and returns its outputs as symbolic values. */
export function appendNode(
  op: string,
  inputs: readonly Tensor[],
  outputs: readonly OutputSpec[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain?: OpDomain,
): readonly Tensor[] {
  const graph = inputs[0]?.graph;
  if (graph === undefined) {
    throw new ModelError("onnx.shape", `${op} needs at least one input.`, {
      hint: "Pass a tensor of the graph being built.",
    });
  }
  const scope = scopeOf(graph, inputs);
  const made = outputs.map((spec) => ({
    ...spec,
    graph,
    name: uniqueName(graph, `${scope}/${op}`),
  }));
  graph.nodes.push({ op, domain, inputs, outputs: made, attributes });
  return made;
}

/** Appends an operator with one output. */
export function append(
  op: string,
  inputs: readonly Tensor[],
  output: OutputSpec,
  attributes: Readonly<Record<string, Attribute>> = {},
  domain?: OpDomain,
): Tensor {
  const [made] = appendNode(op, inputs, [output], attributes, domain);
  return made as Tensor;
}
