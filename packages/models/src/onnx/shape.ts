import { ModelError } from "../errors.ts";
import type { Dim, Shape, Tensor } from "./graph.ts";

/** A shape as text: [2, N, 3]. */
export function showShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The error for shapes that do not fit an operator. */
export function shapeError(op: string, what: string, at: Tensor): ModelError {
  return new ModelError("onnx.shape", `${op}: ${what}`, {
    at: at.name,
    hint: "Compare the shapes at the line that built this operator.",
  });
}

/** The size of one axis, which must be a known number; negative axes count from the end. */
export function sizeOf(x: Tensor, axis: number): number {
  const size = x.shape.at(axis);
  if (typeof size === "number") return size;
  throw shapeError("sizeOf", `axis ${axis} of ${showShape(x.shape)} has no known size.`, x);
}

/** The size of one axis, known or a name; negative axes count from the end. Throws: onnx.shape. */
export function dimOf(x: Tensor, axis: number): Dim {
  const size = x.shape.at(axis);
  if (size !== undefined) return size;
  throw shapeError("dimOf", `${showShape(x.shape)} has no axis ${axis}.`, x);
}

/** Numpy's broadcasting over two shapes; names match only themselves and 1. */
export function broadcastShapes(a: Tensor, b: Tensor): Shape {
  const rank = Math.max(a.shape.length, b.shape.length);
  return Array.from({ length: rank }, (_, position) => {
    const left = a.shape[a.shape.length - rank + position] ?? 1;
    const right = b.shape[b.shape.length - rank + position] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw shapeError(
      "broadcast",
      `${showShape(a.shape)} does not fit ${showShape(b.shape)} (${b.name}).`,
      a,
    );
  });
}

/** A shape as Reshape's operand: at most one named size, written -1. */
export function reshapeOperand(x: Tensor, shape: Shape): readonly number[] {
  if (shape.filter((size) => typeof size === "string").length > 1) {
    throw shapeError("reshape", `${showShape(shape)} has more than one named size.`, x);
  }
  return shape.map((size) => (typeof size === "string" ? -1 : size));
}

/** Numbers of elements that can be compared: the known product and the sorted names. */
export function countElements(shape: Shape): string {
  const known = shape.reduce<number>((n, size) => (typeof size === "number" ? n * size : n), 1);
  return [known, ...shape.filter((size) => typeof size === "string").sort()].join("*");
}

/** The number of elements of a shape without names. */
export function knownCount(shape: Shape): number {
  return shape.reduce<number>((n, size) => n * Number(size), 1);
}
