import type { OnnxNode, Tensor } from "../../onnx/graph.ts";
import { concat, pad, reshape, reverse, slice, transpose } from "../../onnx/ops/arrange.ts";
import { convolution, transposedConvolution } from "../../onnx/ops/convolution.ts";
import { gemm } from "../../onnx/ops/matrix.ts";
import { reduceSum } from "../../onnx/ops/reduce.ts";
import { knownCount, sizeOf } from "../../onnx/shape.ts";
import { type GradientRule, noRule, ruleOfFirst } from "../rule.ts";

interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** One number for both sides, all of them equal. */
function windowOf(node: OnnxNode): Window {
  const only = (name: string): number => {
    const values = node.attributes[name] as readonly number[];
    const [first = 0] = values;
    if (values.some((value) => value !== first)) throw noRule(node, ` with uneven ${name}`);
    return first;
  };
  return { kernel: only("kernel_shape"), stride: only("strides"), padding: only("pads") };
}

/** With stride 1 a convolution by the turned kernel, which runs faster than ConvTranspose. */
function inputGradient(dy: Tensor, x: Tensor, weight: Tensor, window: Window): Tensor {
  const { kernel, stride, padding } = window;
  if (stride === 1) {
    const turned = kernel === 1 ? weight : reverse(reverse(weight, 2), 3);
    return convolution(dy, transpose(turned, [1, 0, 2, 3]), undefined, {
      padding: kernel - 1 - padding,
    });
  }
  const missing = [2, 3].map(
    (axis) => sizeOf(x, axis) - ((sizeOf(dy, axis) - 1) * stride - 2 * padding + kernel),
  );
  const outputPadding = Math.max(...missing);
  const spread = transposedConvolution(dy, weight, { stride, padding, outputPadding });
  if (missing.every((count) => count === outputPadding)) return spread;
  return slice(
    spread,
    [2, 3].map((axis) => ({ axis, start: 0, end: sizeOf(x, axis) })),
  );
}

/** Rows of output pixels, channels last. Shapes: [N, O, H, W] -> [N H W, O] */
function rowsOf(y: Tensor): Tensor {
  const channels = sizeOf(y, 1);
  return reshape(transpose(y, [0, 2, 3, 1]), [knownCount(y.shape) / channels, channels]);
}

/** What each output pixel sees, where windows neither overlap nor leave gaps: [N H' W', C k k] */
function patchesOf(x: Tensor, kernel: number): Tensor {
  if (kernel === 1) return rowsOf(x);
  const [batch, channels] = [sizeOf(x, 0), sizeOf(x, 1)];
  const [rows, columns] = [sizeOf(x, 2) / kernel, sizeOf(x, 3) / kernel];
  const cut = reshape(x, [batch, channels, rows, kernel, columns, kernel]);
  const patches = transpose(cut, [0, 2, 4, 1, 3, 5]);
  return reshape(patches, [batch * rows * columns, channels * kernel * kernel]);
}

/** Padded on all sides, with channels last and rows and columns counted in strides: [N, H / s, s, W / s, s C]. */
function stridesOf(x: Tensor, { stride, padding }: Window): Tensor {
  const around = (axis: number): readonly [before: number, after: number] => {
    const size = sizeOf(x, axis) + padding;
    return [padding, Math.ceil((size + padding) / stride) * stride - size];
  };
  const sides = [[0, 0], [0, 0], around(2), around(3)] as const;
  const isWhole = sides.every(([before, after]) => before === 0 && after === 0);
  const padded = isWhole
    ? x
    : pad(
        x,
        sides.map(([before]) => before),
        sides.map(([, after]) => after),
      );
  const [batch, channels] = [sizeOf(x, 0), sizeOf(x, 1)];
  const [rows, columns] = [sizeOf(padded, 2) / stride, sizeOf(padded, 3) / stride];
  const turned = transpose(padded, [0, 2, 3, 1]);
  return reshape(turned, [batch, rows, stride, columns, stride * channels]);
}

/** One matrix product for each place of the kernel, over shifted views with channels last. */
function weightOfPlaces(dy: Tensor, x: Tensor, window: Window): Tensor {
  const { kernel, stride } = window;
  const [out, channels] = [sizeOf(dy, 1), sizeOf(x, 1)];
  const strides = stridesOf(x, window);
  const gradient = rowsOf(dy);
  const places = Array.from({ length: kernel * kernel }, (_, place) => {
    const [top, left] = [Math.floor(place / kernel), place % kernel];
    const [first, start] = [Math.floor(top / stride), Math.floor(left / stride)];
    const [line, column] = [top % stride, left % stride];
    const seen = slice(strides, [
      { axis: 1, start: first, end: first + sizeOf(dy, 2) },
      { axis: 2, start: line, end: line + 1 },
      { axis: 3, start, end: start + sizeOf(dy, 3) },
      { axis: 4, start: column * channels, end: (column + 1) * channels },
    ]);
    const rows = reshape(seen, [sizeOf(gradient, 0), channels]);
    const product = gemm(gradient, rows, undefined, { transA: true });
    return reshape(product, [out, channels, 1]);
  });
  return reshape(concat(places, 2), [out, channels, kernel, kernel]);
}

function weightGradient(dy: Tensor, x: Tensor, weight: Tensor, window: Window): Tensor {
  const { kernel, stride, padding } = window;
  const isTiled = [2, 3].every((axis) => sizeOf(x, axis) === sizeOf(dy, axis) * kernel);
  if (kernel !== stride || padding !== 0 || !isTiled) return weightOfPlaces(dy, x, window);
  const product = gemm(rowsOf(dy), patchesOf(x, kernel), undefined, { transA: true });
  return reshape(product, weight.shape);
}

const convolutionRule = ruleOfFirst((dy, node, inputs) => {
  const [x, weight, bias] = inputs as readonly [Tensor, Tensor, Tensor | undefined];
  const window = windowOf(node);
  return [
    inputGradient(dy, x, weight, window),
    weightGradient(dy, x, weight, window),
    bias === undefined ? undefined : reduceSum(dy, [0, 2, 3]),
  ];
});

/** The transpose of a convolution from y to x: each gradient is the convolution's own, the other way round. */
const transposedRule = ruleOfFirst((dy, node, inputs) => {
  const [x, weight] = inputs as readonly [Tensor, Tensor];
  const window = windowOf(node);
  const { stride, padding } = window;
  const seen = convolution(dy, weight, undefined, { stride, padding });
  return [seen, weightGradient(x, dy, weight, window)];
});

/** Gradients of convolutions. */
export const convolutionRules: Readonly<Record<string, GradientRule>> = {
  Conv: convolutionRule,
  ConvTranspose: transposedRule,
};
