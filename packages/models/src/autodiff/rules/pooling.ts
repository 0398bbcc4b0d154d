import { constant, type OnnxNode, scalar, type Tensor } from "../../onnx/graph.ts";
import { pad, reshape, slice } from "../../onnx/ops/arrange.ts";
import { transposedConvolution } from "../../onnx/ops/convolution.ts";
import { add, div, mul, step, sub } from "../../onnx/ops/elementwise.ts";
import { dimOf, knownCount, sizeOf } from "../../onnx/shape.ts";
import { type GradientRule, inputAt, noRule, ruleOfFirst } from "../rule.ts";

/** Kernel and stride of a pooling with square windows. Throws: autodiff.no-rule, for padding. */
function windowOf(node: OnnxNode): { readonly kernel: number; readonly stride: number } {
  const numbers = (name: string): readonly number[] => node.attributes[name] as readonly number[];
  const isPadded = numbers("pads").some((count) => count !== 0);
  if (isPadded || node.attributes["ceil_mode"] === 1) throw noRule(node, " with padding");
  const [[kernel = 0], [stride = 0]] = [numbers("kernel_shape"), numbers("strides")];
  return { kernel, stride };
}

/** Each window's share goes to all of its pixels. */
const averageRule = ruleOfFirst((dy, node, [x]) => {
  const source = x as Tensor;
  const { kernel, stride } = windowOf(node);
  const [height, width] = [sizeOf(dy, 2), sizeOf(dy, 3)];
  const planes = knownCount(dy.shape) / (height * width);
  const even = constant(
    dy.graph,
    Array.from({ length: kernel ** 2 }, () => 1 / kernel ** 2),
    [1, 1, kernel, kernel],
  );
  const spread = transposedConvolution(reshape(dy, [planes, 1, height, width]), even, { stride });
  const whole = reshape(spread, [dimOf(dy, 0), dimOf(dy, 1), sizeOf(spread, 2), sizeOf(spread, 3)]);
  // Windows that do not fit leave the last rows and columns out.
  const missing = [2, 3].map((axis) => sizeOf(source, axis) - sizeOf(whole, axis));
  if (missing.every((count) => count === 0)) return [whole];
  return [pad(whole, [0, 0, 0, 0], [0, 0, ...missing])];
});

/** Each window's gradient goes to its greatest pixel, in equal parts where several are. */
const maxRule = ruleOfFirst((dy, node, [x]) => {
  const source = x as Tensor;
  const { kernel, stride } = windowOf(node);
  if (stride !== 1) throw noRule(node, " with strides");
  const greatest = node.outputs[0] ?? inputAt(node, 0);
  const places = Array.from({ length: kernel ** 2 }, (_, place) => {
    const [top, left] = [Math.floor(place / kernel), place % kernel];
    const seen = slice(source, [
      { axis: 2, start: top, end: top + sizeOf(dy, 2) },
      { axis: 3, start: left, end: left + sizeOf(dy, 3) },
    ]);
    const isGreatest = sub(scalar(dy.graph, 1), step(sub(greatest, seen)));
    return { top, left, isGreatest };
  });
  const count = places.map(({ isGreatest }) => isGreatest).reduce((a, b) => add(a, b));
  const share = div(dy, count);
  const parts = places.map(({ top, left, isGreatest }) =>
    pad(mul(share, isGreatest), [0, 0, top, left], [0, 0, kernel - 1 - top, kernel - 1 - left]),
  );
  return [parts.reduce((a, b) => add(a, b))];
});

/** Gradients of pooling. */
export const poolingRules: Readonly<Record<string, GradientRule>> = {
  AveragePool: averageRule,
  MaxPool: maxRule,
};
