import { attend } from "../layers/attend.ts";
import { conv2d } from "../layers/conv2d.ts";
import { gridOfTokens } from "../layers/flatten-pixels.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { constant } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import { add, cos, mul, relu, sin, stopGradient } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { resizeLinear, resizeLinearTo } from "../onnx/ops/resize.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of the bidirectional interaction module. */
export interface BidirectionalInteractionConfig {
  readonly heads: number;
  /** Side of the square grid of vision tokens. */
  readonly grid: number;
  /** Channels of the denoising network after its first convolution. */
  readonly visualChannels: number;
  /** How much finer the latent is than the vision grid, or the latent's rows and columns. */
  readonly visualScale: number | readonly [number, number];
}

interface AttentionStreams {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

function attention(w: Weights, streams: AttentionStreams, inner: number, heads: number): Tensor {
  const { query, key, value } = streams;
  const mixed = attend(
    linear(w.at("q_proj"), query, { out: inner }),
    linear(w.at("k_proj"), key, { out: inner }),
    linear(w.at("v_proj"), value, { out: inner }),
    heads,
  );
  return linear(w.at("out_proj"), mixed, { out: sizeOf(query, -1) });
}

/** Random Fourier features of the cell centres, rows first: [1, grid^2, width]. The matrix is never trained. */
function gridPosition(w: Weights, width: number, grid: number): Tensor {
  const drawn = w.get("positional_encoding_gaussian_matrix", [2, width / 2], { std: 1 });
  const gaussian = stopGradient(drawn);
  const centres = Array.from({ length: grid * grid }, (_, cell) => {
    const centre = (index: number): number => 2 * Math.PI * ((2 * (index + 0.5)) / grid - 1);
    return [centre(cell % grid), centre(Math.floor(cell / grid))];
  });
  const angle = matmul(constant(w.graph, centres.flat(), [1, grid * grid, 2]), gaussian);
  return concat([sin(angle), cos(angle)], 2);
}

interface Streams {
  readonly tokens: Tensor;
  readonly image: Tensor;
}

/** One layer of the two-way transformer; `t0` and `p` are the streams' positional encodings. */
function twoWayLayer(
  w: Weights,
  { tokens, image }: Streams,
  [t0, p]: readonly [Tensor, Tensor],
  { heads, isFirst }: { readonly heads: number; readonly isFirst: boolean },
): Streams {
  const width = sizeOf(tokens, -1);
  const placed = add(tokens, t0);
  const self = isFirst
    ? attention(w.at("self_attn"), { query: tokens, key: tokens, value: tokens }, width, heads)
    : add(
        tokens,
        attention(w.at("self_attn"), { query: placed, key: placed, value: tokens }, width, heads),
      );
  let t = layerNorm(w.at("norm1"), self);
  const toImage = { query: add(t, t0), key: add(image, p), value: image };
  t = layerNorm(
    w.at("norm2"),
    add(t, attention(w.at("cross_attn_token_to_image"), toImage, width / 2, heads)),
  );
  const hidden = relu(linear(w.at("mlp.lin1"), t, { out: 2 * width }));
  t = layerNorm(w.at("norm3"), add(t, linear(w.at("mlp.lin2"), hidden, { out: width })));
  const toTokens = { query: add(image, p), key: add(t, t0), value: t };
  const m = layerNorm(
    w.at("norm4"),
    add(image, attention(w.at("cross_attn_image_to_token"), toTokens, width / 2, heads)),
  );
  return { tokens: t, image: m };
}

/** What the bidirectional interaction gives. */
export interface Interaction {
  /** f_txt [N, S, E] */
  readonly text: Tensor;
  /** v_t [N, visualChannels, H, W] */
  readonly visual: Tensor;
  /** The vision tokens after both layers [N, grid^2, V] */
  readonly image: Tensor;
  /** The queries as they enter [N, S, V] */
  readonly entering: Tensor;
  /** Positional encoding of the grid [1, grid^2, V] */
  readonly position: Tensor;
}

/**
 * Bidirectional interaction module: queries read the vision tokens, vision tokens read the queries.
 * Shapes: query [N, S, E], vision [N, grid^2, V] -> f_txt [N, S, E], v_t [N, C, H, W]
 * Source: SmartEdit (arXiv:2312.06739), section 3.3, and InsightEdit (arXiv:2411.17323), section 3.2; SmartEdit's weight names.
 */
export function bidirectionalInteraction(
  w: Weights,
  query: Tensor,
  vision: Tensor,
  config: BidirectionalInteractionConfig,
): Interaction {
  const { heads, grid, visualChannels, visualScale } = config;
  const width = sizeOf(vision, -1);
  const transformer = w.at("modulate_transformer");
  const t0 = linear(w.at("modulate_head"), query, { out: width });
  const p = gridPosition(w.at("pe_layer"), width, grid);
  let streams: Streams = { tokens: t0, image: vision };
  for (const index of [0, 1]) {
    const layer = transformer.at(`layers.${index}`);
    streams = twoWayLayer(layer, streams, [t0, p], { heads, isFirst: index === 0 });
  }
  const { tokens, image } = streams;
  const last = { query: add(tokens, t0), key: add(image, p), value: image };
  const final = attention(transformer.at("final_attn_token_to_image"), last, width / 2, heads);
  const read = layerNorm(transformer.at("norm_final_attn"), add(tokens, final));
  const zero = { fill: 0 };
  const back = linear(w.at("dimension_reduction_head_qformer_out"), read, {
    out: sizeOf(query, -1),
    init: zero,
  });
  const coarse = gridOfTokens(image, grid, grid);
  const wide =
    typeof visualScale === "number"
      ? resizeLinear(coarse, visualScale)
      : resizeLinearTo(coarse, ...visualScale);
  const visual = conv2d(w.at("dimension_reduction_head_zeroconv"), wide, {
    out: visualChannels,
    kernel: 1,
    init: zero,
  });
  const text = add(query, mul(back, 0.5));
  return { text, visual, image, entering: t0, position: p };
}
