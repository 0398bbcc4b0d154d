import { attendGroups, splitHeads } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { betweenProjections, feedForward } from "./spatial-transformer.ts";

/** What every cross-attention reads. */
export interface DreamliteContext {
  /** [N, S, E] */
  readonly text: Tensor;
  /** 0 for words, very negative for padding: [N, 1, 1, S] */
  readonly mask: Tensor;
}

/** Sizes of a transformer of DreamLite. */
export interface DreamliteTransformerOptions {
  readonly heads: number;
  /** Heads of keys and values, each shared by a group of query heads. */
  readonly keyHeads: number;
  readonly groups: number;
  readonly depth: number;
  readonly hasSelfAttention: boolean;
  /** Hidden width of the gated perceptron, as a multiple of its own. */
  readonly hiddenFactor: number;
  /** Project tokens by matrices instead of pixels by 1x1 convolutions. */
  readonly usesLinear: boolean;
}

function attention(
  w: Weights,
  x: Tensor,
  from: Tensor,
  { heads, keyHeads }: DreamliteTransformerOptions,
  mask?: Tensor,
): Tensor {
  const out = sizeOf(x, -1);
  const depth = out / heads;
  const project = (name: string, of: Tensor, count: number): Tensor =>
    splitHeads(linear(w.at(name), of, { out: count * depth, bias: false }), count);
  const query = rmsNorm(w.at("norm_q"), project("to_q", x, heads), 1e-5);
  const key = rmsNorm(w.at("norm_k"), project("to_k", from, keyHeads), 1e-5);
  const values = project("to_v", from, keyHeads);
  const mixed = attendGroups(query, { keys: key, values, mask });
  return linear(w.at("to_out.0"), mixed, { out });
}

/** Without self-attention, what is normed goes on in its place. */
function transformerBlock(
  w: Weights,
  x: Tensor,
  { text, mask }: DreamliteContext,
  options: DreamliteTransformerOptions,
): Tensor {
  const first = layerNorm(w.at("norm1"), x);
  const own = options.hasSelfAttention
    ? add(x, attention(w.at("attn1"), first, first, options))
    : first;
  const query = layerNorm(w.at("norm2"), own);
  const conditioned = add(own, attention(w.at("attn2"), query, text, options, mask));
  const third = layerNorm(w.at("norm3"), conditioned);
  return add(conditioned, feedForward(w.at("ff"), third, options.hiddenFactor));
}

/**
 * Transformer blocks with shared heads of keys and values over the pixels, added to the input.
 * Shapes: x [N, C, H, W] -> [N, C, H, W]
 * Source: diffusers' DreamLiteTransformer2DModel, with its weight names.
 */
export function dreamliteTransformer(
  w: Weights,
  x: Tensor,
  context: DreamliteContext,
  options: DreamliteTransformerOptions,
): Tensor {
  return betweenProjections(w, x, options, (tokens) => {
    let h = tokens;
    for (let layer = 0; layer < options.depth; layer++) {
      h = transformerBlock(w.at(`transformer_blocks.${layer}`), h, context, options);
    }
    return h;
  });
}
