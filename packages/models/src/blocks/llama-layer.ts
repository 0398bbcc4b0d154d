import { attendHeads, splitHeads } from "../layers/attend.ts";
import { linear } from "../layers/linear.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import { type RotaryTable, rotaryEmbedding } from "../layers/rotary-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, reshape } from "../onnx/ops/arrange.ts";
import { add, mul, silu } from "../onnx/ops/elementwise.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of a Llama layer. */
export interface LlamaLayerConfig {
  readonly heads: number;
  /** Heads of keys and values, each shared by a group of query heads. @default heads */
  readonly keyHeads?: number;
  /** @default width / heads */
  readonly headWidth?: number;
  /** Hidden width of the gated perceptron. */
  readonly hidden: number;
  /** @default 1e-6 */
  readonly epsilon?: number;
  /** Whether the four projections of the attention have a bias. @default false */
  readonly attentionBias?: boolean;
}

/** What every layer knows of positions. */
export interface LlamaPositions {
  /** 0 where a position may look, very negative where not: [L, L] */
  readonly mask: Tensor;
  readonly rotary: RotaryTable;
}

/** Each head again for every member of its group. Shapes: x [N, K, L, d] -> [N, K group, L, d] */
function repeatHeads(x: Tensor, group: number): Tensor {
  if (group === 1) return x;
  const [heads, length, depth] = [sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3)];
  const flat = reshape(x, [dimOf(x, 0), heads, length * depth]);
  const many = concat(Array<Tensor>(group).fill(flat), 2);
  return reshape(many, [dimOf(x, 0), heads * group, length, depth]);
}

function selfAttention(
  w: Weights,
  x: Tensor,
  config: LlamaLayerConfig,
  { mask, rotary }: LlamaPositions,
): Tensor {
  const width = sizeOf(x, -1);
  const {
    heads,
    keyHeads = heads,
    headWidth = width / heads,
    attentionBias: bias = false,
  } = config;
  const project = (name: string, count: number): Tensor =>
    splitHeads(linear(w.at(name), x, { out: count * headWidth, bias }), count);
  const query = rotaryEmbedding(project("q_proj", heads), rotary);
  const key = rotaryEmbedding(project("k_proj", keyHeads), rotary);
  const [keys, values] = [key, project("v_proj", keyHeads)].map((one) =>
    repeatHeads(one, heads / keyHeads),
  ) as [Tensor, Tensor];
  return linear(w.at("o_proj"), attendHeads(query, keys, values, mask), { out: width, bias });
}

/**
 * RMS-normed rotary self-attention and a SwiGLU perceptron.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: Llama (arXiv:2302.13971), section 2.2, with grouped heads (arXiv:2305.13245); weight names as in
 * transformers' LlamaDecoderLayer.
 */
export function llamaLayer(
  w: Weights,
  x: Tensor,
  config: LlamaLayerConfig,
  positions: LlamaPositions,
): Tensor {
  const { hidden, epsilon } = config;
  const out = sizeOf(x, -1);
  const normal = rmsNorm(w.at("input_layernorm"), x, epsilon);
  const own = add(x, selfAttention(w.at("self_attn"), normal, config, positions));
  const second = rmsNorm(w.at("post_attention_layernorm"), own, epsilon);
  const grow = (name: string): Tensor =>
    linear(w.at(`mlp.${name}`), second, { out: hidden, bias: false });
  const gated = mul(silu(grow("gate_proj")), grow("up_proj"));
  return add(own, linear(w.at("mlp.down_proj"), gated, { out, bias: false }));
}
