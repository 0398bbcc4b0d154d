import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { silu } from "../onnx/ops/elementwise.ts";
import type { Weights } from "../onnx/weights.ts";

/** Channels of the result, and pixels of a token. */
export interface ConvolutionStemOptions {
  /** Channels of the result. */
  readonly width: number;
  /** Pixels to a side of what one token stands for: a power of two from 4 on. */
  readonly patchSize: number;
}

/**
 * Patches by small overlapping convolutions, from which a young transformer learns sooner than from one large kernel.
 * The first takes 4 x 4 pixels, each further one halves the sides and doubles the channels.
 * Shapes: pixels [N, 3, S, S] -> [N, width, S / patch, S / patch]
 * Source: Early Convolutions Help Transformers See Better (arXiv:2106.14881), section 4, with group norms for its batch
 * norms; the first kernel is ConvNeXt's (arXiv:2201.03545).
 */
export function convolutionStem(
  w: Weights,
  pixels: Tensor,
  { width, patchSize }: ConvolutionStemOptions,
): Tensor {
  const halvings = Math.log2(patchSize) - 2;
  let h = pixels;
  for (let index = 0; index <= halvings; index++) {
    const out = width / 2 ** (halvings - index);
    const window = index === 0 ? { kernel: 4, stride: 4 } : { kernel: 3, stride: 2, padding: 1 };
    h = conv2d(w.at(`convs.${index}`), h, { out, ...window });
    h = silu(groupNorm(w.at(`norms.${index}`), h, { groups: 8 }));
  }
  return conv2d(w.at("projection"), h, { out: width, kernel: 1 });
}
