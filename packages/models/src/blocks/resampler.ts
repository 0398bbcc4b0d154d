import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import { repeatRows } from "../layers/repeat-rows.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, split } from "../onnx/ops/arrange.ts";
import { add, gelu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of a resampler. */
export interface ResamplerConfig {
  /** Tokens put out. */
  readonly queries: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  /** Width inside the perceptrons. */
  readonly hidden: number;
  /** Width of the tokens put out. */
  readonly out: number;
}

/** Queries look at the features and at each other. Shapes: x [N, L, D], queries [N, Q, D] -> [N, Q, D] */
function look(w: Weights, x: Tensor, queries: Tensor, config: ResamplerConfig): Tensor {
  const inner = config.heads * config.headWidth;
  const plain = { bias: false };
  const own = layerNorm(w.at("norm2"), queries);
  const both = concat([layerNorm(w.at("norm1"), x), own], 1);
  const query = linear(w.at("to_q"), own, { out: inner, ...plain });
  const [key, value] = split(linear(w.at("to_kv"), both, { out: 2 * inner, ...plain }), 2, [
    inner,
    inner,
  ]) as [Tensor, Tensor];
  const mixed = attend(query, key, value, config.heads);
  return linear(w.at("to_out"), mixed, { out: config.width, ...plain });
}

function feedForward(w: Weights, x: Tensor, hidden: number): Tensor {
  const wide = gelu(linear(w.at(1), layerNorm(w.at(0), x), { out: hidden, bias: false }));
  return linear(w.at(3), wide, { out: sizeOf(x, -1), bias: false });
}

/**
 * A fixed number of learnt queries gather what features of any number hold.
 * Shapes: features [N, L, E] -> [N, Q, out]
 * Source: Flamingo's perceiver resampler (arXiv:2204.14198), section 3.1, as in IP-Adapter Plus (arXiv:2308.06721); its weight names.
 */
export function resampler(w: Weights, features: Tensor, config: ResamplerConfig): Tensor {
  const { queries, width, layers, hidden, out } = config;
  const learnt = w.get("latents", [1, queries, width], { std: 1 / Math.sqrt(width) });
  const x = linear(w.at("proj_in"), features, { out: width });
  let h = repeatRows(learnt, features);
  for (let index = 0; index < layers; index++) {
    const layer = w.at(`layers.${index}`);
    h = add(h, look(layer.at(0), x, h, config));
    h = add(h, feedForward(layer.at(1), h, hidden));
  }
  return layerNorm(w.at("norm_out"), linear(w.at("proj_out"), h, { out }));
}
