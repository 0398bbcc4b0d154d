import { attend } from "../layers/attend.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** What a denoising network is told at every cross-attention. */
export interface Context {
  /** [N, S, E] */
  readonly text: Tensor;
  /** [N, K, E] */
  readonly image: Tensor;
  /** Lambda of the image half, one per row: [N, 1, 1] */
  readonly imageScale: Tensor;
}

/**
 * Attention over text plus a separately projected attention over image tokens.
 * Shapes: x [N, L, D], text [N, S, E], image [N, K, E], imageScale [N, 1, 1] -> [N, L, D]
 * Source: IP-Adapter (arXiv:2308.06721), eq. 5; weight names as after loading into diffusers' attn2.
 */
export function decoupledCrossAttention(
  w: Weights,
  x: Tensor,
  context: Context,
  heads: number,
): Tensor {
  const out = sizeOf(x, -1);
  const project = (name: string, from: Tensor): Tensor =>
    linear(w.at(name), from, { out, bias: false });
  const query = project("to_q", x);
  const { text, image } = context;
  const fromText = attend(query, project("to_k", text), project("to_v", text), heads);
  const key = project("processor.to_k_ip.0", image);
  const fromImage = attend(query, key, project("processor.to_v_ip.0", image), heads);
  return linear(w.at("to_out.0"), add(fromText, mul(fromImage, context.imageScale)), { out });
}
