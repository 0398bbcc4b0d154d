import { append, type Dim, type Tensor } from "../onnx/graph.ts";
import { reshape, transpose } from "../onnx/ops/arrange.ts";
import { add, mul, sigmoid, sub } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { softmax } from "../onnx/ops/normalize.ts";
import { reduceLogSumExp } from "../onnx/ops/reduce.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";

/** Splits the features of each position into heads. Shapes: x [N, L, H d] -> [N, H, L, d] */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const width = sizeOf(x, -1);
  const cut = reshape(x, [dimOf(x, 0), dimOf(x, 1), heads, width / heads]);
  return transpose(cut, [0, 2, 1, 3]);
}

/** What attention looks at. */
export interface Sights {
  /** [N, K, S, d] */
  readonly keys: Tensor;
  /** [N, K, S, d] */
  readonly values: Tensor;
  /** Broadcasts to [N, K, L, S]. @default all is seen */
  readonly mask?: Tensor | undefined;
}

/** Shapes: query [N, K, L, d] -> [N, K, L, S] */
function scoresOf(query: Tensor, { keys, mask }: Sights): Tensor {
  const scaled = mul(query, 1 / Math.sqrt(sizeOf(query, 3)));
  const scores = matmul(scaled, transpose(keys, [0, 1, 3, 2]));
  return mask === undefined ? scores : add(scores, mask);
}

/** Shapes: query [N, K, L, d] -> [N, K, L, d] */
const mix = (query: Tensor, sights: Sights): Tensor =>
  matmul(softmax(scoresOf(query, sights)), sights.values);

/**
 * As `mix` over both one after the other, which are not copied into one. Shapes: as `mix`
 * Source: FlashAttention (arXiv:2205.14135), section 3.1: softmax of two blocks.
 */
function mixBoth(query: Tensor, near: Sights, far: Sights): Tensor {
  const [a, b] = [scoresOf(query, near), scoresOf(query, far)];
  const share = sigmoid(sub(reduceLogSumExp(a, [3], true), reduceLogSumExp(b, [3], true)));
  const [now, before] = [matmul(softmax(a), near.values), matmul(softmax(b), far.values)];
  return add(before, mul(share, sub(now, before)));
}

/** Rows once more below themselves. Shapes: x [L, S] -> [times L, S] */
function repeatBelow(x: Tensor, times: number, length: Dim): Tensor {
  const shape = [length, dimOf(x, 1)];
  return append("Concat", Array<Tensor>(times).fill(x), { dtype: x.dtype, shape }, { axis: 0 });
}

/**
 * softmax(Q K^T / sqrt(d) + mask) V on separated heads.
 * Shapes: query [N, H, L, d], key and value [N, H, S, d], mask [L, S] -> [N, L, H d]
 * Source: Attention Is All You Need (arXiv:1706.03762), eq. 1.
 */
export function attendHeads(query: Tensor, key: Tensor, value: Tensor, mask?: Tensor): Tensor {
  const [heads, length, depth] = [sizeOf(query, 1), dimOf(query, 2), sizeOf(query, 3)];
  const mixed = transpose(mix(query, { keys: key, values: value, mask }), [0, 2, 1, 3]);
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
 * @param sights Keys and values, masked by [L, S] or [N, 1, 1, S].
 * @param before Those that stand before them, masked by [1, P].
 * Shapes: query [N, H, L, d], sights [N, K, S, d], before [N, K, P, d] -> [N, L, H d]; H is a multiple of K
 * Source: GQA (arXiv:2305.13245), section 2.2.
 */
export function attendGroups(query: Tensor, sights: Sights, before?: Sights): Tensor {
  const [heads, keyHeads, depth] = [sizeOf(query, 1), sizeOf(sights.keys, 1), sizeOf(query, 3)];
  const [rows, length] = [dimOf(query, 0), dimOf(query, 2)];
  const group = heads / keyHeads;
  // The queries of a group stand one under the other, so that keys and values are read once for all of them.
  const below = typeof length === "number" ? group * length : `${group} ${length}`;
  const grouped = reshape(query, [rows, keyHeads, below, depth]);
  const { mask } = sights;
  const isRepeated = group > 1 && mask?.shape.length === 2;
  const near = isRepeated ? { ...sights, mask: repeatBelow(mask, group, below) } : sights;
  const mixed = before === undefined ? mix(grouped, near) : mixBoth(grouped, near, before);
  const all = transpose(reshape(mixed, [rows, heads, length, depth]), [0, 2, 1, 3]);
  return reshape(all, [rows, length, heads * depth]);
}
