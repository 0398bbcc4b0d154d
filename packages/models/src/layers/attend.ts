import type { Tensor } from "../onnx/graph.ts";
import { reshape, transpose, unsqueeze } from "../onnx/ops/arrange.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { softmax } from "../onnx/ops/normalize.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";

/** Splits the features of each position into heads. Shapes: x [N, L, H d] -> [N, H, L, d] */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const width = sizeOf(x, -1);
  const cut = reshape(x, [dimOf(x, 0), dimOf(x, 1), heads, width / heads]);
  return transpose(cut, [0, 2, 1, 3]);
}

/**
 * softmax(Q K^T / sqrt(d) + mask) V on separated heads.
 * Shapes: query [N, H, L, d], key and value [N, H, S, d], mask [L, S] -> [N, L, H d]
 * Source: Attention Is All You Need (arXiv:1706.03762), eq. 1.
 */
export function attendHeads(query: Tensor, key: Tensor, value: Tensor, mask?: Tensor): Tensor {
  const [heads, length, depth] = [sizeOf(query, 1), dimOf(query, 2), sizeOf(query, 3)];
  const scaled = mul(query, 1 / Math.sqrt(depth));
  const scores = matmul(scaled, transpose(key, [0, 1, 3, 2]));
  const weights = softmax(mask === undefined ? scores : add(scores, mask));
  const mixed = transpose(matmul(weights, value), [0, 2, 1, 3]);
  return reshape(mixed, [dimOf(query, 0), length, heads * depth]);
}

/**
 * Multi-head attention on projected streams.
 * Shapes: query [N, L, D], key and value [N, S, D], mask [L, S] -> [N, L, D]
 * Source: Attention Is All You Need (arXiv:1706.03762), section 3.2.2.
 */
export function attend(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  heads: number,
  mask?: Tensor,
): Tensor {
  const [q, k, v] = [splitHeads(query, heads), splitHeads(key, heads), splitHeads(value, heads)];
  return attendHeads(q, k, v, mask);
}

/**
 * As `attendHeads`, where several query heads share one head of keys and values.
 * Shapes: query [N, H, L, d], key and value [N, K, S, d], mask [L, S] or [N, 1, 1, S] -> [N, L, H d]; H is a multiple of K
 * Source: GQA (arXiv:2305.13245), section 2.2.
 */
export function attendGroups(query: Tensor, key: Tensor, value: Tensor, mask?: Tensor): Tensor {
  const [heads, keyHeads, depth] = [sizeOf(query, 1), sizeOf(key, 1), sizeOf(query, 3)];
  if (heads === keyHeads) return attendHeads(query, key, value, mask);
  const [rows, length] = [dimOf(query, 0), dimOf(query, 2)];
  const grouped = reshape(query, [rows, keyHeads, heads / keyHeads, length, depth]);
  const scaled = mul(grouped, 1 / Math.sqrt(depth));
  const scores = matmul(scaled, unsqueeze(transpose(key, [0, 1, 3, 2]), [2]));
  const wide = mask?.shape.length === 4 ? unsqueeze(mask, [2]) : mask;
  const weights = softmax(wide === undefined ? scores : add(scores, wide));
  const mixed = reshape(matmul(weights, unsqueeze(value, [2])), [rows, heads, length, depth]);
  return reshape(transpose(mixed, [0, 2, 1, 3]), [rows, length, heads * depth]);
}
