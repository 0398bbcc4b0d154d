import { featureDistance, scalePixels } from "../blocks/feature-distance.ts";
import { conv2d } from "../layers/conv2d.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import { relu } from "../onnx/ops/elementwise.ts";
import { maxPool } from "../onnx/ops/pooling.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";

/**
 * AlexNet after each of its five convolutions.
 * Shapes: pixels [N, 3, H, W] -> features [N, C, h, w] of the five levels
 * Source: torchvision's AlexNet (arXiv:1404.5997).
 */
function alexNet(w: Weights, pixels: Tensor): readonly Tensor[] {
  const conv = (path: string, x: Tensor, out: number, kernel: number): Tensor =>
    relu(conv2d(w.at(path), x, { out, kernel, padding: (kernel - 1) / 2 }));
  const pool = (x: Tensor): Tensor => maxPool(x, { kernel: 3, stride: 2 });
  const wide = { out: 64, kernel: 11, stride: 4, padding: 2 };
  const first = relu(conv2d(w.at("slice1.0"), pixels, wide));
  const second = conv("slice2.3", pool(first), 192, 5);
  const third = conv("slice3.6", pool(second), 384, 3);
  const fourth = conv("slice4.8", third, 256, 3);
  return [first, second, third, fourth, conv("slice5.10", fourth, 256, 3)];
}

/** VGG-16's levels: the indices of their convolutions in torchvision's list, and their width. */
const vggLevels: readonly (readonly [places: readonly number[], width: number])[] = [
  [[0, 2], 64],
  [[5, 7], 128],
  [[10, 12, 14], 256],
  [[17, 19, 21], 512],
  [[24, 26, 28], 512],
];

/**
 * VGG-16 before each of its five poolings.
 * Shapes: pixels [N, 3, H, W] -> features [N, C, h, w] of the five levels
 * Source: VGG (arXiv:1409.1556), torchvision's layout.
 */
function vgg(w: Weights, pixels: Tensor): readonly Tensor[] {
  const levels: Tensor[] = [];
  for (const [at, [places, out]] of vggLevels.entries()) {
    const before = levels.at(-1);
    let h = before === undefined ? pixels : maxPool(before, { kernel: 2, stride: 2 });
    for (const place of places) {
      h = relu(conv2d(w.at(`slice${at + 1}.${place}`), h, { out, kernel: 3, padding: 1 }));
    }
    levels.push(h);
  }
  return levels;
}

/**
 * A narrow layer, then 1 x 1 and 3 x 3 beside each other.
 * Shapes: x [N, C, h, w] -> [N, 2 expand, h, w]
 * Source: SqueezeNet (arXiv:1602.07360), section 3.2.
 */
function fire(w: Weights, x: Tensor, squeeze: number, expand: number): Tensor {
  const narrow = relu(conv2d(w.at("squeeze"), x, { out: squeeze, kernel: 1 }));
  const one = relu(conv2d(w.at("expand1x1"), narrow, { out: expand, kernel: 1 }));
  const wide = { out: expand, kernel: 3, padding: 1 };
  return concat([one, relu(conv2d(w.at("expand3x3"), narrow, wide))], 1);
}

/**
 * SqueezeNet 1.1 at the seven places where LPIPS reads it.
 * Shapes: pixels [N, 3, H, W] -> features [N, C, h, w] of the seven levels
 * Source: SqueezeNet (arXiv:1602.07360), torchvision's squeezenet1_1.
 */
function squeezeNet(w: Weights, pixels: Tensor): readonly Tensor[] {
  const pool = (x: Tensor): Tensor => maxPool(x, { kernel: 3, stride: 2, reachesOver: true });
  const two = (slice: number, place: number, x: Tensor, squeeze: number, expand: number) => {
    const at = (offset: number): Weights => w.at(`slice${slice}.${place + offset}`);
    return fire(at(1), fire(at(0), x, squeeze, expand), squeeze, expand);
  };
  const first = relu(conv2d(w.at("slice1.0"), pixels, { out: 64, kernel: 3, stride: 2 }));
  const second = two(2, 3, pool(first), 16, 64);
  const third = two(3, 6, pool(second), 32, 128);
  const fourth = fire(w.at("slice4.9"), pool(third), 48, 192);
  const fifth = fire(w.at("slice5.10"), fourth, 48, 192);
  const sixth = fire(w.at("slice6.11"), fifth, 64, 256);
  return [first, second, third, fourth, fifth, sixth, fire(w.at("slice7.12"), sixth, 64, 256)];
}

const backbones = { alex: alexNet, vgg, squeeze: squeezeNet };

/** The networks that LPIPS was trained on. */
export type LpipsBackbone = keyof typeof backbones;

/** Names of the networks that LPIPS was trained on. */
export const lpipsBackbones: readonly LpipsBackbone[] = ["alex", "vgg", "squeeze"];

/** The network, and the size of the two pictures. */
export interface LpipsConfig {
  readonly backbone: LpipsBackbone;
  readonly width: number;
  readonly height: number;
}

/**
 * LPIPS, version 0.1.
 * Shapes: pixels [2, 3, H, W] in [-1, 1], the two pictures -> distance [1]
 * Source: LPIPS (arXiv:1801.03924), with the weight names of its package.
 */
export const lpips = defineNetwork({
  name: "lpips",
  inputs: ({ height, width }: LpipsConfig) => ({ pixels: { shape: [2, 3, height, width] } }),
  build(w, { pixels }, { backbone }) {
    const levels = backbones[backbone](w.at("net"), scalePixels(w, pixels));
    return { distance: featureDistance(w, levels) };
  },
});
