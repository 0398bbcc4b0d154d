import { append, declareWeight, type Graph, type Tensor } from "../graph.ts";
import { add } from "../ops/elementwise.ts";
import type { WeightMap } from "../stored-tensor.ts";
import { rewriteNodes } from "./rewrite.ts";

/** Where a matrix in 8 bits and its scales lie in a checkpoint, beside the matrix itself. */
export const quantizedNames = (name: string) =>
  ({ bytes: `${name}:int8`, scales: `${name}:scale` }) as const;

/** Int8 products of 8-bit weights with numbers that are rounded to 8 bits block by block as well: several times faster than others. */
const fastest = 4;

/**
 * Products with a matrix of which the checkpoint has 8 bits read those. Shapes: x [N, K], weight [M, K] -> [N, M]
 * Source: MatMulNBits of ONNX Runtime's contrib operators.
 */
export function useQuantized(graph: Graph, weights: WeightMap): void {
  rewriteNodes(graph, ({ op, inputs, attributes }) => {
    const [x, weight, bias] = inputs as readonly [Tensor, Tensor, Tensor | undefined];
    if (op !== "Gemm" || attributes["transB"] !== 1 || attributes["transA"] === 1) return;
    const { bytes, scales } = quantizedNames(weight.name);
    const [rows = 0, blocks = 0, block = 0] = weights.get(bytes)?.shape ?? [];
    if (rows === 0) return;
    const scale = declareWeight(graph, scales, [rows, blocks], { fill: 1 });
    const matrix = declareWeight(graph, bytes, [rows, blocks, block], { fill: 0 }, "uint8");
    const sizes = { K: blocks * block, N: rows, bits: 8, block_size: block };
    const product = append(
      "MatMulNBits",
      [x, matrix, scale],
      { dtype: x.dtype, shape: [x.shape[0] ?? 1, rows] },
      { ...sizes, accuracy_level: fastest },
      "com.microsoft",
    );
    if (bias !== undefined) add(product, bias);
  });
}
