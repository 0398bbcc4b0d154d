import { attend } from "../layers/attend.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Image tokens that every cross-attention reads beside the text. */
export interface ImageContext {
  /** [N, K, E] */
  readonly tokens: Tensor;
  /** Lambda of the layer at a weight path, one per row: [N, 1, 1] */
  scaleAt(path: string): Tensor;
}

/** What every cross-attention of a denoising network is conditioned on. */
export interface Context {
  /** [N, S, E] */
  readonly text: Tensor;
  /** Without it the image half is left out, with its weights. */
  readonly image?: ImageContext;
}

/**
 * Attention over text plus a separately projected attention over image tokens.
 * Shapes: x [N, L, D], text [N, S, E], image [N, K, E], scale [N, 1, 1] -> [N, L, D]
 * Source: IP-Adapter (arXiv:2308.06721), eq. 5; weight names as after loading into diffusers' attn2.
 */
export function decoupledCrossAttention(
  w: Weights,
  x: Tensor,
  { text, image }: Context,
  heads: number,
): Tensor {
  const out = sizeOf(x, -1);
  const project = (name: string, from: Tensor): Tensor =>
    linear(w.at(name), from, { out, bias: false });
  const query = project("to_q", x);
  const fromText = attend(query, project("to_k", text), project("to_v", text), heads);
  if (image === undefined) return linear(w.at("to_out.0"), fromText, { out });
  const key = project("processor.to_k_ip.0", image.tokens);
  const value = project("processor.to_v_ip.0", image.tokens);
  const fromImage = mul(attend(query, key, value, heads), image.scaleAt(w.path));
  return linear(w.at("to_out.0"), add(fromText, fromImage), { out });
}
