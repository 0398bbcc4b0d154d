import type { Tensor } from "../../onnx/graph.ts";
import { transpose } from "../../onnx/ops/arrange.ts";
import { gemm, matmul } from "../../onnx/ops/matrix.ts";
import { reduceSum } from "../../onnx/ops/reduce.ts";
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

/** Either side may be read transposed; each gradient comes in its operand's own layout. */
const gemmRule = ruleOfFirst((dy, node, inputs) => {
  const [a, b, bias] = inputs as readonly [Tensor, Tensor, Tensor | undefined];
  const [transA, transB] = [node.attributes["transA"] === 1, node.attributes["transB"] === 1];
  const da = transA
    ? gemm(b, dy, undefined, { transA: transB, transB: true })
    : gemm(dy, b, undefined, { transB: !transB });
  const db = transB
    ? gemm(dy, a, undefined, { transA: true, transB: transA })
    : gemm(a, dy, undefined, { transA: !transA });
  return [da, db, bias === undefined ? undefined : reduceSum(dy, [0])];
});

export const matrixRules: Readonly<Record<string, GradientRule>> = {
  MatMul: matmulRule,
  Gemm: gemmRule,
};
