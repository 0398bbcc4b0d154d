import { append, type Shape, type Tensor } from "../graph.ts";
import { broadcastShapes, dimOf, shapeError, showShape } from "../shape.ts";

/** Which sides of a product are read transposed in their last two axes. */
export interface ProductSides {
  /** @default false */
  readonly transA?: boolean;
  /** @default false */
  readonly transB?: boolean;
}

const flags = ({ transA = false, transB = false }: ProductSides) => ({
  transA: transA ? 1 : 0,
  transB: transB ? 1 : 0,
});

function productShape(a: Tensor, b: Tensor, { transA, transB }: ProductSides): Shape {
  const [rows, inner] = transA ? [dimOf(a, -1), dimOf(a, -2)] : [dimOf(a, -2), dimOf(a, -1)];
  const [from, columns] = transB ? [dimOf(b, -1), dimOf(b, -2)] : [dimOf(b, -2), dimOf(b, -1)];
  if (inner !== from) {
    throw shapeError("product", `${showShape(a.shape)} times ${showShape(b.shape)}.`, a);
  }
  const lead = (x: Tensor): Tensor => ({ ...x, shape: x.shape.slice(0, -2) });
  return [...broadcastShapes(lead(a), lead(b)), rows, columns];
}

/** Batched product. Shapes: a [.., M, K], b [.., K, N] -> [.., M, N]; leading axes broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  return append("MatMul", [a, b], { dtype: a.dtype, shape: productShape(a, b, {}) });
}

/** ONNX Runtime's batched product that turns its sides itself. Shapes: as `matmul`, with either side flipped. */
export function fusedMatmul(a: Tensor, b: Tensor, sides: ProductSides = {}): Tensor {
  const output = { dtype: a.dtype, shape: productShape(a, b, sides) };
  return append("FusedMatMul", [a, b], output, flags(sides), "com.microsoft");
}

/** a b + bias on matrices. Shapes: a [M, K], b [K, N], bias [N] -> [M, N], with either side flipped. */
export function gemm(a: Tensor, b: Tensor, bias?: Tensor, sides: ProductSides = {}): Tensor {
  const inputs = bias === undefined ? [a, b] : [a, b, bias];
  return append("Gemm", inputs, { dtype: a.dtype, shape: productShape(a, b, sides) }, flags(sides));
}
