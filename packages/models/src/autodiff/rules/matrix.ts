import type { Tensor } from "../../onnx/graph.ts";
import { transpose } from "../../onnx/ops/arrange.ts";
import { fusedMatmul, gemm, matmul, type ProductSides } from "../../onnx/ops/matrix.ts";
import { type GradientRule, ruleOfFirst, unbroadcast } from "../rule.ts";

/** Swaps the last two axes. */
function flip(x: Tensor): Tensor {
  const rank = x.shape.length;
  const order = x.shape.map((_, axis) =>
    axis < rank - 2 ? axis : axis === rank - 2 ? rank - 1 : rank - 2,
  );
  return transpose(x, order);
}

const matmulRule = ruleOfFirst((dy, _, inputs) => {
  const [a, b] = inputs as readonly [Tensor, Tensor];
  return [unbroadcast(matmul(dy, flip(b)), a), unbroadcast(matmul(flip(a), dy), b)];
});

type Product = (a: Tensor, b: Tensor, sides: ProductSides) => Tensor;

/** Either side may be read transposed; each gradient comes in its operand's own layout. */
const flippingRule = (product: Product): GradientRule =>
  ruleOfFirst((dy, node, inputs) => {
    const [a, b, bias] = inputs as readonly [Tensor, Tensor, Tensor | undefined];
    const [transA, transB] = [node.attributes["transA"] === 1, node.attributes["transB"] === 1];
    const da = transA
      ? product(b, dy, { transA: transB, transB: true })
      : product(dy, b, { transB: !transB });
    const db = transB
      ? product(dy, a, { transA: true, transB: transA })
      : product(a, dy, { transA: !transA });
    return [unbroadcast(da, a), unbroadcast(db, b), bias && unbroadcast(dy, bias)];
  });

/** Gradients of matrix products. */
export const matrixRules: Readonly<Record<string, GradientRule>> = {
  MatMul: matmulRule,
  FusedMatMul: flippingRule(fusedMatmul),
  Gemm: flippingRule((a, b, sides) => gemm(a, b, undefined, sides)),
};
