import { conv2d } from "../layers/conv2d.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, reshape, split, transpose } from "../onnx/ops/arrange.ts";
import { add, leakyRelu, sigmoid } from "../onnx/ops/elementwise.ts";
import { maxPool } from "../onnx/ops/pooling.ts";
import { resizeLinearTo } from "../onnx/ops/resize.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";

/** Sizes of a NanoDet-g. */
export interface NanodetConfig {
  /** Side of the square input in pixels: a multiple of 32. */
  readonly imageSize: number;
  readonly classes: number;
  /** Bins of each side's distribution: distances 0, 1, … in units of the level's stride. */
  readonly bins: number;
  /** Channels of the stem; each of the four stages doubles them. */
  readonly width: number;
  /** Residual blocks of each stage. */
  readonly blocks: readonly [number, number, number, number];
  /** Channels of the feature pyramid. */
  readonly features: number;
}

/** Pixels between neighbouring places of each level. */
export const nanodetStrides = [8, 16, 32] as const;

const slope = 0.1;

/** A 3 x 3 convolution, its batch norm folded in, and a leaky ReLU. */
function convolve(w: Weights, x: Tensor, out: number, stride = 1): Tensor {
  return leakyRelu(conv2d(w, x, { out, kernel: 3, stride, padding: 1 }), slope);
}

/** Half the channels by one convolution, the other half by one more on top of it. */
function residualBlock(w: Weights, x: Tensor): Tensor {
  const half = sizeOf(x, 1) / 2;
  const first = convolve(w.at("in_conv"), x, half);
  return concat([convolve(w.at("mid_conv"), first, half), first], 1);
}

/** A cross-stage partial block: the residual blocks' result beside their input. Shapes: [N, C, H, W] -> [N, 2C, H', W'] */
function stage(w: Weights, x: Tensor, blocks: number, stride: number): Tensor {
  const channels = sizeOf(x, 1);
  const entry = convolve(w.at("in_conv"), x, channels, stride);
  let h = entry;
  for (let at = 0; at < blocks; at++) h = residualBlock(w.at(`res_blocks.${at}`), h);
  return concat([convolve(w.at("res_out_conv"), h, channels), entry], 1);
}

/** Features at strides 8, 16 and 32. */
function backbone(w: Weights, pixels: Tensor, { width, blocks }: NanodetConfig): readonly Tensor[] {
  const stem = convolve(w.at("stem"), pixels, width, 2);
  let h = maxPool(stem, { kernel: 3, stride: 2, padding: 1 });
  const levels = blocks.map((count, at) => {
    h = stage(w.at(`stages.${at}`), h, count, at === 0 ? 1 : 2);
    return h;
  });
  return levels.slice(1);
}

/** Coarse features are added to finer ones, then the sums to coarser ones again. */
function pathAggregation(w: Weights, levels: readonly Tensor[], features: number): Tensor[] {
  const sums = levels.map((level, at) =>
    conv2d(w.at(`lateral_convs.${at}`), level, { out: features, kernel: 1 }),
  );
  const merge = (from: number, to: number): void => {
    const [source, target] = [sums[from], sums[to]];
    if (source === undefined || target === undefined) return;
    sums[to] = add(target, resizeLinearTo(source, sizeOf(target, 2), sizeOf(target, 3)));
  };
  for (let at = sums.length - 1; at > 0; at--) merge(at, at - 1);
  for (let at = 1; at < sums.length; at++) merge(at - 1, at);
  return sums;
}

/** Places of a level in rows. Shapes: [N, C, H, W] -> [N, H W, C] */
function rows(x: Tensor): Tensor {
  const flat = reshape(x, [dimOf(x, 0), dimOf(x, 1), sizeOf(x, 2) * sizeOf(x, 3)]);
  return transpose(flat, [0, 2, 1]);
}

/**
 * A one-stage detector without anchors: at each place of three levels the score of every class, and how far the box
 * reaches to the left, top, right and bottom, each as the logits of a distribution.
 * Shapes: pixels [N, 3, S, S] (blue, green, red; normalised) -> scores [N, P, classes] in [0, 1], distances [N, P, 4 bins];
 * P counts the places of strides 8, 16, 32 in turn, row by row
 * Source: NanoDet (RangiLyu/nanodet), config nanodet-g; Generalized Focal Loss (arXiv:2006.04388) for the distributions.
 */
export const nanodet = defineNetwork({
  name: "nanodet",
  inputs: ({ imageSize }: NanodetConfig) => ({
    pixels: { shape: ["N", 3, imageSize, imageSize] },
  }),
  build(w, { pixels }, config) {
    const { classes, bins, features } = config;
    const levels = backbone(w.at("backbone"), pixels, config);
    const found = pathAggregation(w.at("fpn"), levels, features).map((level, at) => {
      const h = convolve(w.at(`head.cls_convs.${at}`), level, features);
      const out = conv2d(w.at(`head.gfl_cls.${at}`), h, { out: classes + 4 * bins, kernel: 1 });
      const [logits = out, sides = out] = split(out, 1, [classes, 4 * bins]);
      return { scores: rows(sigmoid(logits)), distances: rows(sides) };
    });
    return {
      scores: concat(
        found.map(({ scores }) => scores),
        1,
      ),
      distances: concat(
        found.map(({ distances }) => distances),
        1,
      ),
    };
  },
});
