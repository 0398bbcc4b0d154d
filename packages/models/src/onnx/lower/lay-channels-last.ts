import {
  type Attribute,
  append,
  constant,
  type Graph,
  type OnnxNode,
  type Shape,
  type Tensor,
} from "../graph.ts";
import { reshape, transpose } from "../ops/arrange.ts";
import { dimOf, showShape } from "../shape.ts";
import { type Uses, untransposed, usesOf } from "./rewrite.ts";

/** Values of a graph that exist, or are to exist, with channels last. */
interface Layout {
  readonly uses: Uses;
  /** A [N, C, H, W] laid out as [N, H, W, C]. */
  last(x: Tensor): Tensor;
  hasLast(x: Tensor): boolean;
  setLast(x: Tensor, twin: Tensor): void;
  /** Makes sure that a value exists in its own layout. */
  first(x: Tensor): void;
}

function createLayout(graph: Graph): Layout {
  const twins = new Map<string, Tensor>();
  const pending = new Set<string>();
  return {
    uses: usesOf(graph),
    hasLast: (x) => twins.has(x.name),
    last(x) {
      const twin = twins.get(x.name) ?? transpose(x, [0, 2, 3, 1]);
      twins.set(x.name, twin);
      return twin;
    },
    setLast(x, twin) {
      twins.set(x.name, twin);
      pending.add(x.name);
    },
    first(x) {
      const twin = twins.get(x.name);
      if (twin === undefined || !pending.delete(x.name)) return;
      transpose(twin, [0, 3, 1, 2]);
      const made = graph.nodes.pop() as OnnxNode;
      graph.nodes.push({ ...made, outputs: [x] });
    },
  };
}

const lastOf = (shape: Shape): Shape => [0, 2, 3, 1].map((axis) => shape[axis] ?? 1);

/** An operand of an operator over [N, C, H, W] as it must be with channels last. */
function operandLast(x: Tensor, like: Tensor, { last }: Layout): Tensor | undefined {
  const [rows, channels, height, width] = x.shape.length === 4 ? x.shape : [1, ...x.shape];
  if (showShape(x.shape) === showShape(like.shape)) return last(x);
  if (x.shape.length === 0) return x;
  const isEven = height === 1 && width === 1;
  return isEven ? reshape(x, [rows ?? 1, 1, 1, channels ?? 1]) : undefined;
}

const pointwise = new Set(["Add", "Sub", "Mul", "Div", "Sigmoid", "Relu", "LeakyRelu", "Gelu"]);

function pointwiseLast(node: OnnxNode, output: Tensor, layout: Layout): Tensor | undefined {
  if (!node.inputs.some(layout.hasLast)) return undefined;
  const inputs = node.inputs.map((input) => operandLast(input, output, layout));
  const given = inputs.filter((input) => input !== undefined);
  if (given.length < inputs.length) return undefined;
  const spec = { dtype: output.dtype, shape: lastOf(output.shape) };
  return append(node.op, given, spec, node.attributes, node.domain);
}

function convolutionLast(node: OnnxNode, output: Tensor, layout: Layout): Tensor {
  const [x, weight, ...bias] = node.inputs as readonly [Tensor, Tensor, ...Tensor[]];
  const inputs = [layout.last(x), transpose(weight, [0, 2, 3, 1]), ...bias];
  const spec = { dtype: output.dtype, shape: lastOf(output.shape) };
  return append("NhwcConv", inputs, spec, node.attributes, "com.microsoft");
}

function resizeLast(node: OnnxNode, output: Tensor, layout: Layout): Tensor | undefined {
  const [x, none, scales] = node.inputs as readonly [Tensor, Tensor, Tensor];
  const factors = x.graph.constants.get(scales.name)?.values;
  if (factors?.length !== 4) return undefined;
  const turned = [0, 2, 3, 1].map((axis) => factors[axis] ?? 1);
  const operand = constant(x.graph, turned, [4], "float32");
  const spec = { dtype: output.dtype, shape: lastOf(output.shape) };
  return append("Resize", [layout.last(x), none, operand], spec, node.attributes);
}

/** Pixels taken apart into tokens, or tokens put together: with channels last both are a Reshape. */
function tokensLast(node: OnnxNode, output: Tensor, layout: Layout): Tensor | undefined {
  const tokens = untransposed(layout.uses, node.inputs[0], "0,2,1");
  if (node.op !== "Reshape" || output.shape.length !== 4 || tokens === undefined) return undefined;
  return dimOf(tokens, -1) === dimOf(output, 1) ? reshape(tokens, lastOf(output.shape)) : undefined;
}

type Laying = (node: OnnxNode, output: Tensor, layout: Layout) => Tensor | undefined;

const named = (attributes: Readonly<Record<string, Attribute>>): Laying => {
  return (node, output, layout) => {
    const inputs = node.inputs.map((x) => (x.shape.length === 4 ? layout.last(x) : x));
    const spec = { dtype: output.dtype, shape: lastOf(output.shape) };
    return append(node.op, inputs, spec, { ...node.attributes, ...attributes }, node.domain);
  };
};

const layings: Readonly<Record<string, Laying>> = {
  Conv: convolutionLast,
  GroupNorm: named({ channels_last: 1 }),
  Concat: (node, output, layout) =>
    node.attributes["axis"] === 1 && node.inputs.some(layout.hasLast)
      ? named({ axis: 3 })(node, output, layout)
      : undefined,
  Resize: resizeLast,
  Reshape: tokensLast,
};

/** Tokens [N, H W, C] of a picture that lies with its channels last. */
function flattened(node: OnnxNode, { uses, hasLast, last }: Layout): Tensor | undefined {
  const perm = String(node.attributes["perm"] ?? "");
  const picture = uses.maker(node.inputs[0], "Reshape")?.inputs[0];
  if (node.op !== "Transpose" || perm !== "0,2,1" || picture?.shape.length !== 4) return undefined;
  const [output] = node.outputs;
  const isFlat = output !== undefined && dimOf(picture, 1) === dimOf(output, 2);
  return isFlat && hasLast(picture) ? reshape(last(picture), output.shape) : undefined;
}

/**
 * Convolutions and group norms with channels last, as tensor cores want them, and all between them laid likewise,
 * so that nothing is transposed but at the edges.
 * Source: ONNX Runtime's contrib operators NhwcConv (weights [O, k, k, C]) and GroupNorm.
 */
export function layChannelsLast(graph: Graph, outputs: Readonly<Record<string, Tensor>>): void {
  const layout = createLayout(graph);
  for (const node of graph.nodes.splice(0)) {
    const [output] = node.outputs;
    if (output === undefined) continue;
    const tokens = flattened(node, layout);
    if (tokens !== undefined) {
      const made = graph.nodes.pop() as OnnxNode;
      graph.nodes.push({ ...made, outputs: node.outputs });
      continue;
    }
    const laying = pointwise.has(node.op) ? pointwiseLast : layings[node.op];
    const isPicture = output.shape.length === 4 && node.outputs.length === 1;
    const twin = isPicture ? laying?.(node, output, layout) : undefined;
    if (twin !== undefined) layout.setLast(output, twin);
    else {
      for (const input of node.inputs) layout.first(input);
      graph.nodes.push(node);
    }
  }
  for (const output of Object.values(outputs)) layout.first(output);
}
