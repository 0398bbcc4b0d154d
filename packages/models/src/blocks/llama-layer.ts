import { attendHeads, splitHeads } from "../layers/attend.ts";
import { linear } from "../layers/linear.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import { rotaryEmbedding } from "../layers/rotary-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, mul, silu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

export interface LlamaLayerOptions {
  readonly heads: number;
  /** Hidden width of the gated perceptron. */
  readonly hidden: number;
  /** 0 where a position may look, very negative where not: [L, L] */
  readonly mask: Tensor;
}

/**
 * RMS-normed rotary self-attention and a SwiGLU perceptron.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: Llama (arXiv:2302.13971), section 2.2; weight names as in transformers' LlamaDecoderLayer.
 */
export function llamaLayer(w: Weights, x: Tensor, options: LlamaLayerOptions): Tensor {
  const { heads, hidden, mask } = options;
  const out = sizeOf(x, -1);
  const normal = rmsNorm(w.at("input_layernorm"), x);
  const project = (name: string): Tensor =>
    splitHeads(linear(w.at(`self_attn.${name}`), normal, { out, bias: false }), heads);
  const query = rotaryEmbedding(project("q_proj"));
  const key = rotaryEmbedding(project("k_proj"));
  const mixed = attendHeads(query, key, project("v_proj"), mask);
  const own = add(x, linear(w.at("self_attn.o_proj"), mixed, { out, bias: false }));
  const second = rmsNorm(w.at("post_attention_layernorm"), own);
  const grow = (name: string): Tensor =>
    linear(w.at(`mlp.${name}`), second, { out: hidden, bias: false });
  const gated = mul(silu(grow("gate_proj")), grow("up_proj"));
  return add(own, linear(w.at("mlp.down_proj"), gated, { out, bias: false }));
}
