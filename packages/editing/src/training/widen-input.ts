import { toSinglePrecision, type WeightMap } from "@insightgraph/models";

const path = "conv_in.weight";

/**
 * A network's weights with more input channels, whose weights are zeros: at first it draws what it drew before.
 * Source: InstructPix2Pix (arXiv:2211.09800), section 3.2.
 */
export function widenInput(weights: WeightMap, channels: number): WeightMap {
  const stored = weights.get(path);
  if (stored === undefined) return weights;
  const [out = 0, before = 0, height = 0, width = 0] = stored.shape;
  const kernel = height * width;
  const values = toSinglePrecision(weights, path);
  const wide = new Float32Array(out * channels * kernel);
  for (let row = 0; row < out; row++) {
    const own = values.subarray(row * before * kernel, (row + 1) * before * kernel);
    wide.set(own, row * channels * kernel);
  }
  return new Map([
    ...weights,
    [
      path,
      {
        dtype: "float32",
        shape: [out, channels, height, width],
        data: new Uint8Array(wide.buffer),
      },
    ],
  ]);
}
