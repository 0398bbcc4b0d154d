import { append, constant, type Shape, type Tensor } from "../graph.ts";

function reduce(op: string, x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  const dropped = new Set(axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
  const shape: Shape = keepDims
    ? x.shape.map((size, axis) => (dropped.has(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !dropped.has(axis));
  const operand = constant(x.graph, [...dropped], [dropped.size], "int64");
  return append(op, [x, operand], { dtype: x.dtype, shape }, { keepdims: keepDims ? 1 : 0 });
}

const allAxes = (x: Tensor): readonly number[] => x.shape.map((_, axis) => axis);

type Axes = readonly number[];

/** Sum over some axes. @default all axes. Shapes: x [..] -> x without those axes, or with size 1 there */
export const reduceSum = (x: Tensor, axes: Axes = allAxes(x), keepDims = false): Tensor =>
  reduce("ReduceSum", x, axes, keepDims);
/** Mean over some axes. Shapes: as `reduceSum`. */
export const reduceMean = (x: Tensor, axes: Axes = allAxes(x), keepDims = false): Tensor =>
  reduce("ReduceMean", x, axes, keepDims);
/** log of the sum of exp(x) over some axes. Shapes: as `reduceSum`. */
export const reduceLogSumExp = (x: Tensor, axes: Axes = allAxes(x), keepDims = false): Tensor =>
  reduce("ReduceLogSumExp", x, axes, keepDims);
/** Sum of squares over some axes. Shapes: as `reduceSum`. */
export const reduceSumSquare = (x: Tensor, axes: Axes = allAxes(x), keepDims = false): Tensor =>
  reduce("ReduceSumSquare", x, axes, keepDims);
