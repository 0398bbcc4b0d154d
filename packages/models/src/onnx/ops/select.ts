import { append, constant, type DType, type Tensor } from "../graph.ts";
import { broadcastShapes, dimOf, shapeError, showShape, sizeOf } from "../shape.ts";

const onnxType: Readonly<Record<DType, number>> = {
  float32: 1,
  int64: 7,
  uint8: 2,
  bool: 9,
  float16: 10,
  float64: 11,
};

/** The same values in another type. Shapes: x [..] -> the same */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  return append("Cast", [x], { dtype, shape: x.shape }, { to: onnxType[dtype] });
}

const wholes = (x: Tensor, other: Tensor | number): Tensor =>
  typeof other === "number" ? constant(x.graph, [other], [], "int64") : other;

function compare(op: string, ids: Tensor, other: Tensor | number): Tensor {
  const right = wholes(ids, other);
  return append(op, [ids, right], { dtype: "bool", shape: broadcastShapes(ids, right) });
}

/** Where whole numbers are equal. Shapes: ids, other [..] int64 -> the broadcast shape, bool */
export const equal = (ids: Tensor, other: Tensor | number): Tensor => compare("Equal", ids, other);

/** Where whole numbers are at least the other's. Shapes: ids, other [..] int64 -> the broadcast shape, bool */
export const greaterOrEqual = (ids: Tensor, other: Tensor | number): Tensor =>
  compare("GreaterOrEqual", ids, other);

/**
 * Values of `yes` where the condition holds, else of `no`.
 * Shapes: condition [..] bool, yes [..], no [..] -> the broadcast shape
 */
export function where(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const either = broadcastShapes(yes, no);
  const shape = broadcastShapes(condition, { ...yes, shape: either });
  return append("Where", [condition, yes, no], { dtype: yes.dtype, shape });
}

/** Whole numbers plus an offset, limited to [low, high]. Shapes: ids [..] int64 -> the same */
export function shiftWithin(
  ids: Tensor,
  offset: number,
  { low, high }: { readonly low: number; readonly high: number },
): Tensor {
  const { dtype, shape } = ids;
  const moved = offset === 0 ? ids : append("Add", [ids, wholes(ids, offset)], { dtype, shape });
  return append("Clip", [moved, wholes(ids, low), wholes(ids, high)], { dtype, shape });
}

/**
 * How many true values stand before and at each place of the last axis.
 * Shapes: condition [.., L] bool -> the same, int64
 */
export function countUpTo(condition: Tensor): Tensor {
  const ones = cast(condition, "int64");
  const axis = constant(ones.graph, [ones.shape.length - 1], [], "int64");
  return append("CumSum", [ones, axis], { dtype: "int64", shape: ones.shape });
}

/** The greatest whole number of the last axis. Shapes: ids [N, L] -> [N, 1] */
export function greatest(ids: Tensor): Tensor {
  const axes = constant(ids.graph, [ids.shape.length - 1], [1], "int64");
  const shape = [...ids.shape.slice(0, -1), 1];
  return append("ReduceMax", [ids, axes], { dtype: ids.dtype, shape }, { keepdims: 1 });
}

/** Place of the first true value of the last axis, or its last place. Shapes: condition [N, L] -> [N, 1] */
export function firstTrue(condition: Tensor): Tensor {
  const { graph, shape } = condition;
  const length = sizeOf(condition, -1);
  const places = constant(
    graph,
    Array.from({ length }, (_, at) => at),
    [length],
    "int64",
  );
  const found = where(condition, places, constant(graph, [length - 1], [], "int64"));
  const axes = constant(graph, [shape.length - 1], [1], "int64");
  const left = [...shape.slice(0, -1), 1];
  return append("ReduceMin", [found, axes], { dtype: "int64", shape: left }, { keepdims: 1 });
}

/** Consecutive places from a first one. Shapes: first [N, 1] -> [N, count] */
export function placesFrom(first: Tensor, count: number): Tensor {
  const steps = constant(
    first.graph,
    Array.from({ length: count }, (_, at) => at),
    [count],
    "int64",
  );
  return append("Add", [first, steps], { dtype: "int64", shape: [dimOf(first, 0), count] });
}

/** Rows of each batch row's own table. Shapes: x [N, L, D], places [N, R] int64 -> [N, R, D] */
export function gatherRows(x: Tensor, places: Tensor): Tensor {
  if (x.shape.length !== 3 || dimOf(x, 0) !== dimOf(places, 0)) {
    throw shapeError("gatherRows", `${showShape(places.shape)} of ${showShape(x.shape)}.`, x);
  }
  const axes = constant(x.graph, [2], [1], "int64");
  const [rows, count] = [dimOf(places, 0), dimOf(places, 1)];
  const index = append("Unsqueeze", [places, axes], { dtype: "int64", shape: [rows, count, 1] });
  const shape = [rows, count, dimOf(x, 2)];
  return append("GatherND", [x, index], { dtype: x.dtype, shape }, { batch_dims: 1 });
}

/** Keeps what lies above the diagonal of the last two axes, zeros elsewhere. Shapes: x [.., L, L] -> the same */
export function aboveDiagonal(x: Tensor): Tensor {
  const first = constant(x.graph, [1], [], "int64");
  return append("Trilu", [x, first], { dtype: x.dtype, shape: x.shape }, { upper: 1 });
}
