import { attendGroups, splitHeads } from "../layers/attend.ts";
import { linear } from "../layers/linear.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import { type RotaryTable, rotaryEmbedding } from "../layers/rotary-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, mul, silu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
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
  /** Whether each head's query and key is RMS-normed before it turns. @default false */
  readonly normalizesHeads?: boolean;
}

/** What every layer knows of positions. */
export interface LlamaPositions {
  /** 0 where a position may look, very negative where not: [L, L] */
  readonly mask: Tensor;
  readonly rotary: RotaryTable;
}

/** Keys and values of a stretch of text, turned by their positions. */
export interface LlamaMemory {
  /** [N, K, S, d] */
  readonly keys: Tensor;
  /** [N, K, S, d] */
  readonly values: Tensor;
}

/** What was read before, in a memory with room for more. */
export interface LlamaPast extends LlamaMemory {
  /** 0 where something is remembered, very negative where there is room: [1, P] */
  readonly mask: Tensor;
}

/** What a layer gives: its states, and the keys and values of what it has read. */
export interface LlamaReading extends LlamaMemory {
  /** [N, L, D] */
  readonly states: Tensor;
}

function selfAttention(
  w: Weights,
  x: Tensor,
  config: LlamaLayerConfig,
  { mask, rotary, past }: LlamaPositions & { readonly past?: LlamaPast | undefined },
): LlamaReading {
  const width = sizeOf(x, -1);
  const {
    heads,
    keyHeads = heads,
    headWidth = width / heads,
    attentionBias: bias = false,
  } = config;
  const project = (name: string, count: number): Tensor =>
    splitHeads(linear(w.at(name), x, { out: count * headWidth, bias }), count);
  const turn = (name: "q" | "k", count: number): Tensor => {
    const heads = project(`${name}_proj`, count);
    const { normalizesHeads = false, epsilon } = config;
    return rotaryEmbedding(
      normalizesHeads ? rmsNorm(w.at(`${name}_norm`), heads, epsilon) : heads,
      rotary,
    );
  };
  const [keys, values] = [turn("k", keyHeads), project("v_proj", keyHeads)];
  const mixed = attendGroups(turn("q", heads), { keys, values, mask }, past);
  return { states: linear(w.at("o_proj"), mixed, { out: width, bias }), keys, values };
}

/**
 * RMS-normed rotary self-attention and a SwiGLU perceptron, after what was read before.
 * Shapes: x [N, L, D], past [N, K, P, d] twice -> states [N, L, D], keys and values [N, K, L, d]
 * Source: Llama (arXiv:2302.13971), section 2.2, with grouped heads (arXiv:2305.13245); Qwen3 (arXiv:2505.09388), section 2,
 * for the norms of heads; weight names as in transformers' LlamaDecoderLayer and Qwen3DecoderLayer.
 */
export function continuedLlamaLayer(
  w: Weights,
  x: Tensor,
  config: LlamaLayerConfig,
  positions: LlamaPositions & { readonly past?: LlamaPast | undefined },
): LlamaReading {
  const { hidden, epsilon } = config;
  const out = sizeOf(x, -1);
  const normal = rmsNorm(w.at("input_layernorm"), x, epsilon);
  const { states, keys, values } = selfAttention(w.at("self_attn"), normal, config, positions);
  const own = add(x, states);
  const second = rmsNorm(w.at("post_attention_layernorm"), own, epsilon);
  const grow = (name: string): Tensor =>
    linear(w.at(`mlp.${name}`), second, { out: hidden, bias: false });
  const gated = mul(silu(grow("gate_proj")), grow("up_proj"));
  const grown = add(own, linear(w.at("mlp.down_proj"), gated, { out, bias: false }));
  return { states: grown, keys, values };
}

/**
 * A layer over a whole text.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: as `continuedLlamaLayer`.
 */
export function llamaLayer(
  w: Weights,
  x: Tensor,
  config: LlamaLayerConfig,
  positions: LlamaPositions,
): Tensor {
  return continuedLlamaLayer(w, x, config, positions).states;
}
