import { append, constant, type Graph, type OnnxNode, type Tensor } from "../../onnx/graph.ts";
import {
  concat,
  expand,
  pad,
  reshape,
  slice,
  sliceAxis,
  transpose,
} from "../../onnx/ops/arrange.ts";
import { matmul } from "../../onnx/ops/matrix.ts";
import { knownCount, sizeOf } from "../../onnx/shape.ts";
import { type GradientRule, inputAt, noRule, ruleOfFirst, unbroadcast } from "../rule.ts";

function axisAttribute(node: OnnxNode): number {
  return Number(node.attributes["axis"] ?? 0);
}

/** The numbers of an operand that was built as a constant. */
function operands(node: OnnxNode, index: number): readonly number[] {
  const { graph, name } = inputAt(node, index);
  return Array.from(graph.constants.get(name)?.values ?? []);
}

function zeros(graph: Graph, like: Tensor): Tensor {
  return expand(
    constant(
      graph,
      [0],
      like.shape.map(() => 1),
    ),
    like.shape.map(Number),
  );
}

const concatRule: GradientRule = (node, [dy]) => {
  if (dy === undefined) return [];
  const axis = axisAttribute(node);
  let start = 0;
  return node.inputs.map((part) => {
    const end = start + sizeOf(part, axis);
    const gradient = sliceAxis(dy, axis, start, end);
    start = end;
    return gradient;
  });
};

const splitRule: GradientRule = (node, gradients) => {
  const parts = node.outputs.map(
    (output, index) => gradients[index] ?? zeros(output.graph, output),
  );
  return [concat(parts, axisAttribute(node))];
};

/** Slices of one axis, forward by one. */
const sliceRule = ruleOfFirst((dy, node, [x]) => {
  const [[start = 0], [axis = 0, ...more], [step]] = [1, 3, 4].map((at) => operands(node, at)) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  if (step !== 1) throw noRule(node, " in steps");
  if (more.length > 0) throw noRule(node, " of several axes");
  const source = x as Tensor;
  const place = (at: number, amount: number): readonly number[] =>
    source.shape.map((_, index) => (index === at ? amount : 0));
  const after = sizeOf(source, axis) - start - sizeOf(dy, axis);
  return [pad(dy, place(axis, start), place(axis, after))];
});

/** Zeros before and after; what reached the elements comes back. */
const padRule = ruleOfFirst((dy, node, [x]) => {
  const source = x as Tensor;
  const before = operands(node, 1).slice(0, source.shape.length);
  return [
    slice(
      dy,
      before.map((start, axis) => ({ axis, start, end: start + sizeOf(source, axis) })),
    ),
  ];
});

/** Rows are found again by comparing: one-hot rows times the gradient. */
const gatherRule = ruleOfFirst((dy, node, [table]) => {
  const ids = inputAt(node, 1);
  const [rows, width] = [sizeOf(table as Tensor, 0), sizeOf(table as Tensor, 1)];
  const count = knownCount(ids.shape);
  const depth = constant(dy.graph, [rows], [1], "int64");
  const values = constant(dy.graph, [0, 1], [2]);
  const flat = reshape(ids, [count]);
  const shape = [count, rows];
  const hot = append("OneHot", [flat, depth, values], { dtype: dy.dtype, shape }, { axis: -1 });
  return [matmul(transpose(hot, [1, 0]), reshape(dy, [count, width]))];
});

const transposeRule = ruleOfFirst((dy, node) => {
  const order = node.attributes["perm"] as readonly number[];
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return [transpose(dy, inverse)];
});

/** Gradients of operators that move elements. */
export const arrangeRules: Readonly<Record<string, GradientRule>> = {
  Reshape: ruleOfFirst((dy, _, [x]) => [reshape(dy, (x as Tensor).shape)]),
  Transpose: transposeRule,
  Concat: concatRule,
  Split: splitRule,
  Slice: sliceRule,
  Expand: ruleOfFirst((dy, _, [x]) => [unbroadcast(dy, x as Tensor)]),
  Gather: gatherRule,
  Pad: padRule,
};
