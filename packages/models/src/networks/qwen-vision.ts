import { attendHeads, splitHeads } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import { type RotaryTable, rotaryEmbedding, rotaryTableAt } from "../layers/rotary-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { gather, reshape, split, unsqueeze } from "../onnx/ops/arrange.ts";
import { add, gelu, geluTanh, mul } from "../onnx/ops/elementwise.ts";
import { gemm } from "../onnx/ops/matrix.ts";
import { reduceSum } from "../onnx/ops/reduce.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";
import type { QwenVisionConfig } from "./qwen-config.ts";

const epsilon = 1e-6;

/** Patches as tokens, each with the places of the learnt grid around it. Shapes: -> [1, P, D] */
function embed(w: Weights, inputs: Readonly<Record<string, Tensor>>, config: QwenVisionConfig) {
  const { width, patchSize, frames, grid } = config;
  const { patches, corners, shares } = inputs as Record<"patches" | "corners" | "shares", Tensor>;
  const inside = 3 * frames * patchSize * patchSize;
  const projection = w.at("patch_embed.proj");
  const kernel = projection.get("weight", [width, 3, frames, patchSize, patchSize], { std: 0.02 });
  const bias = projection.get("bias", [width], { fill: 0 });
  const tokens = gemm(patches, reshape(kernel, [width, inside]), bias, { transB: true });
  const places = w.get("pos_embed.weight", [grid * grid, width], { std: 0.02 });
  const place = reduceSum(mul(gather(places, corners), unsqueeze(shares, [2])), [1]);
  return unsqueeze(add(tokens, place), [0]);
}

function attention(w: Weights, x: Tensor, { width, heads }: QwenVisionConfig, turns: RotaryTable) {
  const all = linear(w.at("qkv"), x, { out: 3 * width });
  const [query, key, value] = split(all, 2, [width, width, width]).map((one) =>
    splitHeads(one, heads),
  ) as [Tensor, Tensor, Tensor];
  const mixed = attendHeads(rotaryEmbedding(query, turns), rotaryEmbedding(key, turns), value);
  return linear(w.at("proj"), mixed, { out: width });
}

function block(w: Weights, x: Tensor, config: QwenVisionConfig, turns: RotaryTable): Tensor {
  const seen = attention(w.at("attn"), layerNorm(w.at("norm1"), x, epsilon), config, turns);
  const own = add(x, seen);
  const activate = config.activation === "gelu" ? gelu : geluTanh;
  const wide = linear(w.at("mlp.linear_fc1"), layerNorm(w.at("norm2"), own, epsilon), {
    out: config.hidden,
  });
  return add(own, linear(w.at("mlp.linear_fc2"), activate(wide), { out: config.width }));
}

/** Squares of patches as tokens of the language model. Shapes: x [1, P, D] -> [V, out] */
function mergePatches(
  w: Weights,
  x: Tensor,
  { width, merge, out }: QwenVisionConfig,
  normsSquares: boolean,
): Tensor {
  const wide = width * merge * merge;
  const squares = (one: Tensor): Tensor => reshape(one, ["V", wide]);
  const normal = normsSquares
    ? layerNorm(w.at("norm"), squares(x), epsilon)
    : squares(layerNorm(w.at("norm"), x, epsilon));
  return linear(w.at("linear_fc2"), gelu(linear(w.at("linear_fc1"), normal, { out: wide })), {
    out,
  });
}

/** Half of each head turns by the row, half by the column. */
function turnsOf(positions: Tensor, { width, heads, theta }: QwenVisionConfig): RotaryTable {
  const quarter = width / heads / 4;
  const waves = Array.from({ length: quarter }, (_, pair) => theta ** (-pair / quarter));
  const still = waves.map(() => 0);
  return rotaryTableAt(positions, [
    [...waves, ...still],
    [...still, ...waves],
  ]);
}

/**
 * A picture's features for the language model, of any size: its patches square by square, each with the four learnt
 * places around it and their shares, and with its row and column.
 * Shapes: patches [P, 3 frames p p], corners and shares [P, 4], positions [P, 2] -> features and deep.k [P / merge^2, D]
 * Source: Qwen3-VL (arXiv:2511.21631); transformers' Qwen3VLVisionModel, with its weight names.
 */
export const qwenVision = defineNetwork<QwenVisionConfig, string, string>({
  name: "qwen-vision",
  inputs: ({ patchSize, frames }) => ({
    patches: { shape: ["P", 3 * frames * patchSize * patchSize] },
    corners: { shape: ["P", 4], dtype: "int64" },
    shares: { shape: ["P", 4] },
    positions: { shape: ["P", 2] },
  }),
  build(w, inputs, config) {
    const tower = w.at("model.visual");
    const turns = turnsOf(inputs["positions"] as Tensor, config);
    let h = embed(tower, inputs, config);
    const deep: [string, Tensor][] = [];
    for (let layer = 0; layer < config.layers; layer++) {
      h = block(tower.at(`blocks.${layer}`), h, config, turns);
      const at = config.deepLayers.indexOf(layer);
      if (at < 0) continue;
      const merged = mergePatches(tower.at(`deepstack_merger_list.${at}`), h, config, true);
      deep.push([`deep.${at}`, merged]);
    }
    return {
      features: mergePatches(tower.at("merger"), h, config, false),
      ...Object.fromEntries(deep),
    };
  },
});
