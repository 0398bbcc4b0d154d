import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import { repeatRows } from "../layers/repeat-rows.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, gelu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

const epsilon = 1e-12;

/** Sizes of a Q-Former. */
export interface QFormerConfig {
  readonly queries: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Width inside the perceptrons. @default 4 width */
  readonly hidden?: number;
  /** Layers from one that reads the memory to the next, the first being one. @default 2 */
  readonly crossEvery?: number;
}

/** Post-norm attention as in BERT: LN(x + dense(attend(x, memory))). */
function attentionLayer(w: Weights, x: Tensor, memory: Tensor, heads: number): Tensor {
  const out = sizeOf(x, -1);
  const from = w.at("self");
  const query = linear(from.at("query"), x, { out });
  const key = linear(from.at("key"), memory, { out });
  const value = linear(from.at("value"), memory, { out });
  const mixed = linear(w.at("output.dense"), attend(query, key, value, heads), { out });
  return layerNorm(w.at("output.LayerNorm"), add(x, mixed), epsilon);
}

function feedForward(w: Weights, x: Tensor, hidden: number): Tensor {
  const wide = gelu(linear(w.at("intermediate_query.dense"), x, { out: hidden }));
  const out = linear(w.at("output_query.dense"), wide, { out: sizeOf(x, -1) });
  return layerNorm(w.at("output_query.LayerNorm"), add(x, out), epsilon);
}

/**
 * Learnt queries read the [MM] states: self-attention in every layer, cross-attention in some.
 * Shapes: memory [N, r, M] -> [N, queries, width]
 * Source: BLIP-2 (arXiv:2301.12597) as cut down by SmartEdit (arXiv:2312.06739); its weight names.
 */
export function qFormer(w: Weights, memory: Tensor, config: QFormerConfig): Tensor {
  const { queries: count, width, layers, heads, hidden = 4 * width, crossEvery = 2 } = config;
  const former = w.at("sd_qformer");
  const learnt = w.get("sd_query_tokens", [1, count, width], { std: 0.02 });
  const queries = repeatRows(learnt, memory);
  let x = layerNorm(former.at("embeddings.LayerNorm"), queries, epsilon);
  for (let index = 0; index < layers; index++) {
    const layer = former.at(`encoder.layer.${index}`);
    x = attentionLayer(layer.at("attention"), x, x, heads);
    if (index % crossEvery === 0) x = attentionLayer(layer.at("crossattention"), x, memory, heads);
    x = feedForward(layer, x, hidden);
  }
  return x;
}
