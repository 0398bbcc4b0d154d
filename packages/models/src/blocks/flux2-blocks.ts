import { attendHeads, splitHeads } from "../layers/attend.ts";
import { linear } from "../layers/linear.ts";
import { plainNorm } from "../layers/plain-norm.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import { type RotaryTable, rotaryPairs } from "../layers/rotary-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, split } from "../onnx/ops/arrange.ts";
import { add, mul, silu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of FLUX.2's blocks. */
export interface Flux2BlockConfig {
  readonly heads: number;
  /** Width of the gated perceptron's inside. */
  readonly hidden: number;
  readonly epsilon: number;
}

/** How time moves a stream before a sublayer, and how much of its result is added: [N, 1, D] each. */
export interface Modulation {
  readonly shift: Tensor;
  readonly scale: Tensor;
  readonly gate: Tensor;
}

/** The two streams of a double block: [N, T, D] and [N, I, D]. */
export interface Streams {
  readonly text: Tensor;
  readonly image: Tensor;
}

const modulated = (x: Tensor, { shift, scale }: Modulation, epsilon: number): Tensor =>
  add(mul(add(scale, 1), plainNorm(x, epsilon)), shift);

/** SwiGLU whose halves are one product. Shapes: [N, L, 2 hidden] -> [N, L, hidden] */
function gated(x: Tensor, hidden: number): Tensor {
  const [gate, value] = split(x, 2, [hidden, hidden]) as [Tensor, Tensor];
  return mul(silu(gate), value);
}

function feedForward(w: Weights, x: Tensor, { hidden }: Flux2BlockConfig): Tensor {
  const wide = linear(w.at("linear_in"), x, { out: 2 * hidden, bias: false });
  return linear(w.at("linear_out"), gated(wide, hidden), { out: sizeOf(x, -1), bias: false });
}

type Projected = readonly [query: Tensor, key: Tensor, value: Tensor];

/** Query, key and value of one stream, query and key normed a head. */
function project(
  w: Weights,
  x: Tensor,
  names: readonly [string, string, string],
  norms: readonly [string, string],
  { heads, epsilon }: Flux2BlockConfig,
): Projected {
  const out = sizeOf(x, -1);
  const [query, key, value] = names.map((name) =>
    splitHeads(linear(w.at(name), x, { out, bias: false }), heads),
  ) as [Tensor, Tensor, Tensor];
  return [rmsNorm(w.at(norms[0]), query, epsilon), rmsNorm(w.at(norms[1]), key, epsilon), value];
}

/** Both streams look at both. */
function jointAttention(
  w: Weights,
  { text, image }: Streams,
  config: Flux2BlockConfig,
  turns: RotaryTable,
): Streams {
  const added = ["add_q_proj", "add_k_proj", "add_v_proj"] as const;
  const ofText = project(w, text, added, ["norm_added_q", "norm_added_k"], config);
  const ofImage = project(w, image, ["to_q", "to_k", "to_v"], ["norm_q", "norm_k"], config);
  const [query, key, value] = ofText.map((one, at) => concat([one, ofImage[at] as Tensor], 2)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const mixed = attendHeads(rotaryPairs(query, turns), rotaryPairs(key, turns), value);
  const lengths = [sizeOf(text, 1), sizeOf(image, 1)];
  const [textOut, imageOut] = split(mixed, 1, lengths) as [Tensor, Tensor];
  const to = { out: sizeOf(image, -1), bias: false };
  return {
    text: linear(w.at("to_add_out"), textOut, to),
    image: linear(w.at("to_out.0"), imageOut, to),
  };
}

/**
 * Text and picture in streams of their own, which look at each other.
 * Shapes: text [N, T, D], image [N, I, D] -> the same
 * Source: Stable Diffusion 3 (arXiv:2403.03206), figure 2; weight names of diffusers' Flux2TransformerBlock.
 */
export function flux2DoubleBlock(
  w: Weights,
  streams: Streams,
  time: Readonly<Record<"text" | "image", readonly [Modulation, Modulation]>>,
  config: Flux2BlockConfig,
  turns: RotaryTable,
): Streams {
  const { epsilon } = config;
  const normed = {
    text: modulated(streams.text, time.text[0], epsilon),
    image: modulated(streams.image, time.image[0], epsilon),
  };
  const seen = jointAttention(w.at("attn"), normed, config, turns);
  const finish = (name: "text" | "image", layer: string): Tensor => {
    const [first, second] = time[name];
    const own = add(streams[name], mul(first.gate, seen[name]));
    const grown = feedForward(w.at(layer), modulated(own, second, epsilon), config);
    return add(own, mul(second.gate, grown));
  };
  return { text: finish("text", "ff_context"), image: finish("image", "ff") };
}

/**
 * One stream of text and picture, whose attention and perceptron stand side by side.
 * Shapes: x [N, L, D] -> the same
 * Source: ViT-22B (arXiv:2302.05442), section 2; weight names of diffusers' Flux2SingleTransformerBlock.
 */
export function flux2SingleBlock(
  w: Weights,
  x: Tensor,
  time: Modulation,
  config: Flux2BlockConfig,
  turns: RotaryTable,
): Tensor {
  const { heads, hidden, epsilon } = config;
  const width = sizeOf(x, -1);
  const attention = w.at("attn");
  const all = linear(attention.at("to_qkv_mlp_proj"), modulated(x, time, epsilon), {
    out: 3 * width + 2 * hidden,
    bias: false,
  });
  const [q, k, v, wide] = split(all, 2, [width, width, width, 2 * hidden]) as Tensor[];
  const turned = (name: string, of: Tensor | undefined): Tensor =>
    rotaryPairs(rmsNorm(attention.at(name), splitHeads(of as Tensor, heads), epsilon), turns);
  const mixed = attendHeads(
    turned("norm_q", q),
    turned("norm_k", k),
    splitHeads(v as Tensor, heads),
  );
  const both = concat([mixed, gated(wide as Tensor, hidden)], 2);
  return add(x, mul(time.gate, linear(attention.at("to_out"), both, { out: width, bias: false })));
}
