import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { expand } from "../onnx/ops/arrange.ts";
import { add, gelu, mul } from "../onnx/ops/elementwise.ts";
import { reduceSum } from "../onnx/ops/reduce.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

const epsilon = 1e-12;

export interface QFormerConfig {
  readonly queries: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
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

function feedForward(w: Weights, x: Tensor): Tensor {
  const width = sizeOf(x, -1);
  const hidden = gelu(linear(w.at("intermediate_query.dense"), x, { out: 4 * width }));
  const out = linear(w.at("output_query.dense"), hidden, { out: width });
  return layerNorm(w.at("output_query.LayerNorm"), add(x, out), epsilon);
}

/** The learnt queries once per row of `like`. */
function repeatedQueries(w: Weights, like: Tensor, { queries, width }: QFormerConfig): Tensor {
  const learnt = w.get("sd_query_tokens", [1, queries, width], { std: 0.02 });
  const batch = like.shape[0];
  if (typeof batch === "number") return expand(learnt, [batch, queries, width]);
  // A row of zeros carries the batch size where it is known only at run time.
  return add(learnt, mul(reduceSum(like, [1, 2], true), 0));
}

/**
 * Learnt queries read the [MM] states: self-attention in every layer, cross-attention in each second.
 * Shapes: memory [N, r, M] -> [N, queries, width]
 * Source: BLIP-2 (arXiv:2301.12597) as cut down by SmartEdit (arXiv:2312.06739); its weight names.
 */
export function qFormer(w: Weights, memory: Tensor, config: QFormerConfig): Tensor {
  const former = w.at("sd_qformer");
  const queries = repeatedQueries(w, memory, config);
  let x = layerNorm(former.at("embeddings.LayerNorm"), queries, epsilon);
  for (let index = 0; index < config.layers; index++) {
    const layer = former.at(`encoder.layer.${index}`);
    x = attentionLayer(layer.at("attention"), x, x, config.heads);
    if (index % 2 === 0) x = attentionLayer(layer.at("crossattention"), x, memory, config.heads);
    x = feedForward(layer, x);
  }
  return x;
}
