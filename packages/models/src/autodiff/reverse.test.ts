import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { append, constant, createGraph, declareInput, type Tensor } from "../onnx/graph.ts";
import * as arrange from "../onnx/ops/arrange.ts";
import { convolution, transposedConvolution } from "../onnx/ops/convolution.ts";
import * as elementwise from "../onnx/ops/elementwise.ts";
import { fusedMatmul, gemm, matmul } from "../onnx/ops/matrix.ts";
import * as normalize from "../onnx/ops/normalize.ts";
import { averagePool, maxPool } from "../onnx/ops/pooling.ts";
import * as reduce from "../onnx/ops/reduce.ts";
import { resizeLinear, resizeNearest, resizeNearestTo } from "../onnx/ops/resize.ts";
import { gatherRows, where } from "../onnx/ops/select.ts";
import { numbers, openGraph } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import { gradientRules, gradients } from "./reverse.ts";

interface Case {
  /** The operator whose rule is on trial. */
  readonly op: string;
  readonly shapes: readonly (readonly number[])[];
  readonly build: (inputs: readonly Tensor[]) => Tensor;
  /** ONNX Runtime's CPU kernel for it is single precision only. */
  readonly single?: true;
  /** Inputs are drawn from [shift - 1, shift + 1]. */
  readonly shift?: number;
}

const one = (f: (x: Tensor) => Tensor) => (inputs: readonly Tensor[]) => f(inputs[0] as Tensor);
const two = (f: (a: Tensor, b: Tensor) => Tensor) => (inputs: readonly Tensor[]) =>
  f(inputs[0] as Tensor, inputs[1] as Tensor);
const three = (f: (a: Tensor, b: Tensor, c: Tensor) => Tensor) => (inputs: readonly Tensor[]) =>
  f(inputs[0] as Tensor, inputs[1] as Tensor, inputs[2] as Tensor);

const convShapes = [[2, 3, 4, 4], [2, 3, 3, 3], [2]] as const;

const cases: readonly Case[] = [
  { op: "Add", shapes: [[2, 3], [3]], build: two(elementwise.add) },
  {
    op: "Sub",
    shapes: [
      [2, 1],
      [2, 3],
    ],
    build: two(elementwise.sub),
  },
  {
    op: "Mul",
    shapes: [
      [2, 3, 1],
      [3, 4],
    ],
    build: two(elementwise.mul),
  },
  {
    op: "Div",
    shapes: [
      [2, 3],
      [1, 3],
    ],
    build: two(elementwise.div),
    shift: 2,
  },
  { op: "Neg", shapes: [[3]], build: one(elementwise.neg) },
  { op: "Exp", shapes: [[3]], build: one(elementwise.exp) },
  { op: "Sqrt", shapes: [[3]], build: one(elementwise.sqrt), shift: 2 },
  { op: "Sin", shapes: [[3]], build: one(elementwise.sin) },
  { op: "Cos", shapes: [[3]], build: one(elementwise.cos), single: true },
  { op: "Sigmoid", shapes: [[3]], build: one(elementwise.sigmoid) },
  { op: "Softplus", shapes: [[3]], build: one(elementwise.softplus), single: true },
  { op: "Relu", shapes: [[7]], build: one(elementwise.relu) },
  { op: "Gelu", shapes: [[7]], build: one(elementwise.gelu), single: true },
  { op: "Reshape", shapes: [[2, 6]], build: one((x) => arrange.reshape(x, [3, 4])) },
  { op: "Transpose", shapes: [[2, 3, 4]], build: one((x) => arrange.transpose(x, [2, 0, 1])) },
  {
    op: "Concat",
    shapes: [
      [2, 1],
      [2, 3],
    ],
    build: two((a, b) => arrange.concat([a, b], 1)),
  },
  { op: "Slice", shapes: [[2, 5]], build: one((x) => arrange.sliceAxis(x, 1, 1, 4)) },
  {
    op: "Split",
    shapes: [[2, 5]],
    build: one((x) => arrange.split(x, 1, [1, 3, 1])[1] as Tensor),
  },
  { op: "Expand", shapes: [[1, 3]], build: one((x) => arrange.expand(x, [4, 3])) },
  {
    op: "Gather",
    shapes: [[4, 2]],
    build: one((x) => arrange.gather(x, constant(x.graph, [2, 0, 2], [3], "int64"))),
    single: true,
  },
  { op: "ReduceSum", shapes: [[2, 3, 2]], build: one((x) => reduce.reduceSum(x, [0, 2])) },
  { op: "ReduceMean", shapes: [[2, 3]], build: one((x) => reduce.reduceMean(x, [1], true)) },
  { op: "ReduceSumSquare", shapes: [[2, 3]], build: one((x) => reduce.reduceSumSquare(x, [1])) },
  {
    op: "MatMul",
    shapes: [
      [2, 2, 3],
      [3, 4],
    ],
    build: two(matmul),
  },
  { op: "Gemm", shapes: [[2, 3], [3, 4], [4]], build: three((a, b, c) => gemm(a, b, c)) },
  {
    op: "Gemm",
    shapes: [[2, 3], [4, 3], [4]],
    build: three((a, b, c) => gemm(a, b, c, { transB: true })),
  },
  {
    op: "Gemm",
    shapes: [[3, 2], [3, 4], [4]],
    build: three((a, b, c) => gemm(a, b, c, { transA: true })),
  },
  {
    op: "Gemm",
    shapes: [[3, 2], [4, 3], [4]],
    build: three((a, b, c) => gemm(a, b, c, { transA: true, transB: true })),
  },
  {
    op: "FusedMatMul",
    shapes: [
      [2, 2, 3],
      [3, 4],
    ],
    build: two(fusedMatmul),
    single: true,
  },
  {
    op: "FusedMatMul",
    shapes: [
      [2, 2, 3],
      [2, 4, 3],
    ],
    build: two((a, b) => fusedMatmul(a, b, { transB: true })),
    single: true,
  },
  {
    op: "FusedMatMul",
    shapes: [
      [2, 3, 2],
      [1, 3, 4],
    ],
    build: two((a, b) => fusedMatmul(a, b, { transA: true })),
    single: true,
  },
  {
    op: "FusedMatMul",
    shapes: [
      [2, 3, 2],
      [2, 4, 3],
    ],
    build: two((a, b) => fusedMatmul(a, b, { transA: true, transB: true })),
    single: true,
  },
  {
    op: "Conv",
    shapes: convShapes,
    build: three((x, w, b) => convolution(x, w, b, { padding: 1 })),
    single: true,
  },
  {
    op: "Conv",
    shapes: convShapes,
    build: three((x, w, b) => convolution(x, w, b, { padding: 1, stride: 2 })),
    single: true,
  },
  {
    op: "Conv",
    shapes: [
      [2, 3, 4, 4],
      [2, 3, 1, 1],
    ],
    build: two((x, w) => convolution(x, w)),
    single: true,
  },
  {
    op: "Conv",
    shapes: [
      [1, 2, 4, 4],
      [3, 2, 2, 2],
    ],
    build: two((x, w) => convolution(x, w, undefined, { stride: 2 })),
    single: true,
  },
  {
    op: "Conv",
    shapes: [
      [1, 2, 5, 4],
      [3, 2, 2, 2],
    ],
    build: two((x, w) => convolution(x, w, undefined, { stride: 2 })),
    single: true,
  },
  {
    op: "AveragePool",
    shapes: [[2, 3, 4, 5]],
    build: one((x) => averagePool(x, { kernel: 2 })),
    single: true,
  },
  {
    op: "AveragePool",
    shapes: [[2, 3, 5, 4]],
    build: one((x) => averagePool(x, { kernel: 2, stride: 2 })),
    single: true,
  },
  { op: "MaxPool", shapes: [[2, 2, 5, 4]], build: one((x) => maxPool(x, { kernel: 3 })) },
  {
    op: "ConvTranspose",
    shapes: [
      [2, 3, 3, 2],
      [3, 2, 3, 3],
    ],
    build: two((x, w) => transposedConvolution(x, w, { stride: 2, padding: 1, outputPadding: 1 })),
    single: true,
  },
  {
    op: "ConvTranspose",
    shapes: [
      [1, 3, 2, 2],
      [3, 2, 2, 2],
    ],
    build: two((x, w) => transposedConvolution(x, w, { stride: 2 })),
    single: true,
  },
  { op: "Pad", shapes: [[2, 3]], build: one((x) => arrange.pad(x, [0, 1], [2, 0])) },
  {
    op: "Where",
    shapes: [[3], [2, 1]],
    build: two((a, b) => where(constant(a.graph, [1, 0, 1, 0, 0, 1], [2, 3], "bool"), a, b)),
    single: true,
  },
  { op: "Clip", shapes: [[7]], build: one((x) => elementwise.clamp(x, -0.55, 0.45)) },
  {
    op: "GatherND",
    shapes: [[2, 3, 2]],
    build: one((x) => gatherRows(x, constant(x.graph, [2, 0, 1, 1], [2, 2], "int64"))),
    single: true,
  },
  { op: "Softmax", shapes: [[2, 4]], build: one(normalize.softmax) },
  { op: "LogSoftmax", shapes: [[2, 4]], build: one(normalize.logSoftmax) },
  {
    op: "LayerNormalization",
    shapes: [[2, 5], [5], [5]],
    build: three((x, scale, bias) => normalize.layerNormalization(x, scale, bias, 1e-5)),
    single: true,
  },
  {
    op: "InstanceNormalization",
    shapes: [[2, 2, 6]],
    build: one((x) => normalize.instanceNormalization(x, 1e-5)),
    single: true,
  },
  {
    op: "Resize",
    shapes: [[1, 2, 2, 3]],
    build: one((x) => resizeNearest(x, 2)),
    single: true,
  },
  { op: "Resize", shapes: [[1, 2, 3, 3]], build: one((x) => resizeLinear(x, 2)), single: true },
];

async function compare({ shapes, build, single, shift = 0 }: Case): Promise<number> {
  const graph = createGraph(single ? "float32" : "float64");
  const inputs = shapes.map((shape, index) => declareInput(graph, `x${index}`, shape));
  const y = build(inputs);
  const weight = constant(graph, numbers(knownCount(y.shape), 99), y.shape);
  const terms = elementwise.mul(y, weight);
  const slopes = gradients(reduce.reduceSum(terms), inputs);
  const outputs = Object.fromEntries(slopes.map((slope, at) => [`d${at}`, slope as Tensor]));
  const opened = await openGraph(graph, { terms, ...outputs });
  const point = shapes.map((shape, at) => numbers(knownCount(shape), at).map((x) => x + shift));
  const run = (values: readonly (readonly number[])[]): ReturnType<typeof opened.run> =>
    opened.run(Object.fromEntries(values.map((data, at) => [`x${at}`, data])));
  const loss = async (values: readonly (readonly number[])[]): Promise<number> =>
    ((await run(values))["terms"] ?? []).reduce((a, b) => a + b, 0);
  const exact = await run(point);
  // Half the digits of the type: the best balance of rounding and curvature.
  const width = single ? 4e-3 : 1e-5;
  let worst = 0;
  for (const [at, values] of point.entries()) {
    for (const index of values.keys()) {
      const moved = (by: number): number[][] =>
        point.map((one, which) => one.map((x, i) => (which === at && i === index ? x + by : x)));
      const difference = (await loss(moved(width))) - (await loss(moved(-width)));
      const found = exact[`d${at}`]?.[index] ?? Number.NaN;
      worst = Math.max(worst, Math.abs(difference / (2 * width) - found));
    }
  }
  await opened.close();
  return worst;
}

describe("gradient rules", () => {
  test.each(cases)("$op on $shapes agrees with central differences", async (one) => {
    expect(await compare(one)).toBeLessThan(one.single ? 2e-3 : 1e-8);
  });

  test("[N4] has a case for every rule", () => {
    const tried = new Set([...cases.map(({ op }) => op), "Identity"]);
    expect(Object.keys(gradientRules).filter((op) => !tried.has(op))).toEqual([]);
  });

  test("[N4] names the operator that has no rule", () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", [2]);
    const loss = reduce.reduceSum(elementwise.erf(x));
    expect(() => gradients(loss, [x])).toThrow(ModelError);
    expect(() => gradients(loss, [x])).toThrow(/autodiff.no-rule at x\/Erf|autodiff.no-rule/);
  });

  test("refuses forms of an operator that its rule does not cover", () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", [4, 4]);
    const pair = (a: number, b: number): Tensor => constant(graph, [a, b], [2], "int64");
    const picture = arrange.reshape(x, [1, 1, 4, 4]);
    const kernel = declareInput(graph, "kernel", [1, 1, 2, 2]);
    const corner = [pair(0, 0), pair(2, 2), pair(0, 1), pair(1, 1)];
    const forms: Readonly<Record<string, Tensor>> = {
      "a slice of two axes": append("Slice", [x, ...corner], { dtype: x.dtype, shape: [2, 2] }),
      "a slice in steps": arrange.sliceAxis(x, 0, 0, 4, 2),
      "a slice backwards": arrange.reverse(x, 1),
      "a convolution padded on two sides": convolution(picture, kernel, undefined, {
        padding: [0, 0, 1, 1],
      }),
      "a resize by one and a half": resizeNearestTo(picture, 6, 6),
      "the greatest of every second window": maxPool(picture, { kernel: 2, stride: 2 }),
      "the greatest of padded windows": maxPool(picture, { kernel: 3, padding: 1 }),
    };
    for (const [name, y] of Object.entries(forms)) {
      const differentiate = (): unknown => gradients(reduce.reduceSum(y), [x]);
      expect(differentiate, name).toThrow(expect.objectContaining({ code: "autodiff.no-rule" }));
    }
  });

  test("passes nothing through a stopped gradient", () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", [2]);
    expect(gradients(reduce.reduceSum(elementwise.stopGradient(x)), [x])).toEqual([undefined]);
  });
});
