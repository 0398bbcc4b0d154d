import { append, appendNode, constant, type Shape, type Tensor } from "../graph.ts";
import { countElements, dimOf, reshapeOperand, shapeError, showShape, sizeOf } from "../shape.ts";

function axisOf(x: Tensor, axis: number): number {
  return axis < 0 ? axis + x.shape.length : axis;
}

/**
 * Reads the same elements in another shape; at most one size may be a name.
 * Shapes: x [..] -> shape
 * Throws: onnx.shape.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (showShape(x.shape) === showShape(shape)) return x;
  const known = countElements(x.shape) === countElements(shape);
  const mixed = [...x.shape, ...shape].some((size) => typeof size === "string");
  if (!known && !mixed) {
    throw shapeError("reshape", `${showShape(x.shape)} cannot become ${showShape(shape)}.`, x);
  }
  const operand = constant(x.graph, reshapeOperand(x, shape), [shape.length], "int64");
  return append("Reshape", [x, operand], { dtype: x.dtype, shape });
}

/** Reorders the axes: axis i of the result is axis order[i] of x. Shapes: x [a, b, ..] -> its sizes in that order */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const shape = order.map((axis) => dimOf(x, axis));
  return append("Transpose", [x], { dtype: x.dtype, shape }, { perm: order });
}

/** Inserts axes of size one, at their places in the result. Shapes: x [..], axes -> [.., 1, ..] */
export function unsqueeze(x: Tensor, axes: readonly number[]): Tensor {
  const sizes = x.shape.values();
  const shape = Array.from({ length: x.shape.length + axes.length }, (_, axis) =>
    axes.includes(axis) ? 1 : (sizes.next().value ?? 1),
  );
  return reshape(x, shape);
}

/**
 * Joins tensors along one axis; all other sizes are equal. Shapes: parts [.., n_i, ..] -> [.., sum of n_i, ..].
 * Throws: onnx.shape.
 */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const [first] = parts;
  if (first === undefined) throw new RangeError("concat needs at least one tensor");
  const at = axisOf(first, axis);
  const total = parts.reduce((sum, part) => sum + sizeOf(part, at), 0);
  const shape = first.shape.map((size, index) => (index === at ? total : size));
  for (const part of parts) {
    const fits = part.shape.every((size, index) => index === at || size === first.shape[index]);
    if (!fits || part.shape.length !== first.shape.length) {
      throw shapeError(
        "concat",
        `${showShape(part.shape)} beside ${showShape(first.shape)}.`,
        part,
      );
    }
  }
  return append("Concat", parts, { dtype: first.dtype, shape }, { axis: at });
}

/** Elements of one axis: start, start + step, … below end. */
export interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  /** @default 1 */
  readonly step?: number;
}

/** Elements start, start + step, … below end of each of some axes. Shapes: x [..] -> x with shorter axes */
export function slice(x: Tensor, ranges: readonly Range[]): Tensor {
  const cuts = ranges.map(({ axis, start, end, step = 1 }) => {
    const at = axisOf(x, axis);
    return { at, start, end, step, size: Math.ceil((Math.min(end, sizeOf(x, at)) - start) / step) };
  });
  const shape = x.shape.map((old, axis) => cuts.find(({ at }) => at === axis)?.size ?? old);
  const operand = (values: readonly number[]): Tensor =>
    constant(x.graph, values, [values.length], "int64");
  const operands = [
    operand(cuts.map(({ start }) => start)),
    operand(cuts.map(({ end }) => end)),
    operand(cuts.map(({ at }) => at)),
    operand(cuts.map(({ step }) => step)),
  ];
  return append("Slice", [x, ...operands], { dtype: x.dtype, shape });
}

/** Elements start, start + step, … below end of one axis. Shapes: x [..] -> x with a shorter axis */
export function sliceAxis(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
  return slice(x, [{ axis, start, end, step }]);
}

/** Reads one axis backwards. Shapes: x [..] -> the same */
export function reverse(x: Tensor, axis: number): Tensor {
  const operands = [-1, -sizeOf(x, axis) - 1, axisOf(x, axis), -1];
  const inputs = operands.map((value) => constant(x.graph, [value], [1], "int64"));
  return append("Slice", [x, ...inputs], { dtype: x.dtype, shape: x.shape });
}

/** Splits one axis into parts of the given sizes. Shapes: x [.., sum of n_i, ..] -> [.., n_i, ..] each */
export function split(x: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  const at = axisOf(x, axis);
  const operand = constant(x.graph, sizes, [sizes.length], "int64");
  const outputs = sizes.map((size) => ({
    dtype: x.dtype,
    shape: x.shape.map((old, index) => (index === at ? size : old)),
  }));
  return appendNode("Split", [x, operand], outputs, { axis: at });
}

/** Adds zeros before and after the elements of each axis. Shapes: x [n_i] -> [before_i + n_i + after_i] */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  const shape = x.shape.map((size, axis) => {
    const added = (before[axis] ?? 0) + (after[axis] ?? 0);
    return added === 0 ? size : Number(size) + added;
  });
  const operand = constant(x.graph, [...before, ...after], [2 * before.length], "int64");
  return append("Pad", [x, operand], { dtype: x.dtype, shape });
}

/** Repeats along axes of size one. Shapes: x [..] -> shape */
export function expand(x: Tensor, shape: readonly number[]): Tensor {
  const operand = constant(x.graph, shape, [shape.length], "int64");
  return append("Expand", [x, operand], { dtype: x.dtype, shape });
}

/** Rows of a table by index. Shapes: table [V, D], ids [..] int64 -> [.., D] */
export function gather(table: Tensor, ids: Tensor): Tensor {
  const shape = [...ids.shape, ...table.shape.slice(1)];
  return append("Gather", [table, ids], { dtype: table.dtype, shape }, { axis: 0 });
}
