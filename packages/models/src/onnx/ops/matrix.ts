import { append, type Tensor } from "../graph.ts";
import { broadcastShapes, dimOf, shapeError, showShape } from "../shape.ts";

/** Batched product. Shapes: a [.., M, K], b [.., K, N] -> [.., M, N]; leading axes broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (dimOf(a, -1) !== dimOf(b, -2)) {
    throw shapeError("matmul", `${showShape(a.shape)} times ${showShape(b.shape)}.`, a);
  }
  const lead = broadcastShapes(
    { ...a, shape: a.shape.slice(0, -2) },
    { ...b, shape: b.shape.slice(0, -2) },
  );
  const shape = [...lead, dimOf(a, -2), dimOf(b, -1)];
  return append("MatMul", [a, b], { dtype: a.dtype, shape });
}

export interface GemmOptions {
  readonly transA?: boolean;
  readonly transB?: boolean;
}

/** a b + bias on matrices. Shapes: a [M, K], b [K, N], bias [N] -> [M, N]; `trans` reads a side transposed. */
export function gemm(
  a: Tensor,
  b: Tensor,
  bias?: Tensor,
  { transA = false, transB = false }: GemmOptions = {},
): Tensor {
  const [rows, inner] = transA ? [dimOf(a, 1), dimOf(a, 0)] : [dimOf(a, 0), dimOf(a, 1)];
  const [from, columns] = transB ? [dimOf(b, 1), dimOf(b, 0)] : [dimOf(b, 0), dimOf(b, 1)];
  if (inner !== from) {
    throw shapeError("gemm", `${showShape(a.shape)} times ${showShape(b.shape)}.`, a);
  }
  return append(
    "Gemm",
    bias === undefined ? [a, b] : [a, b, bias],
    { dtype: a.dtype, shape: [rows, columns] },
    { transA: transA ? 1 : 0, transB: transB ? 1 : 0 },
  );
}
