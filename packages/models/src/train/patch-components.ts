import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { PatchAutoencoderConfig } from "../networks/patch-autoencoder.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";

/** Pixels of square pictures in [-1, 1], channels first: [3, S, S] each. */
export type PixelSource = readonly Float32Array[];

function patchAt(
  pixels: Float32Array,
  { imageSize, patchSize }: PatchAutoencoderConfig,
  [top, left]: readonly [number, number],
): number[] {
  return Array.from({ length: 3 * patchSize ** 2 }, (_, at) => {
    const channel = Math.floor(at / patchSize ** 2);
    const y = top + (Math.floor(at / patchSize) % patchSize);
    return pixels[channel * imageSize ** 2 + y * imageSize + left + (at % patchSize)] ?? 0;
  });
}

function patchesOf(pictures: PixelSource, config: PatchAutoencoderConfig): number[][] {
  const { imageSize, patchSize } = config;
  const corners = Array.from({ length: imageSize / patchSize }, (_, index) => index * patchSize);
  return pictures.flatMap((pixels) =>
    corners.flatMap((top) => corners.map((left) => patchAt(pixels, config, [top, left]))),
  );
}

const stored = (shape: readonly number[], values: readonly number[]): StoredTensor => ({
  dtype: "float32",
  shape,
  data: new Uint8Array(Float32Array.from(values).buffer),
});

/**
 * Weights of the patch autoencoder in closed form: the leading principal components of all patches. A latent
 * channel is its component divided by the square root of its deviation, so that strong channels stay strong;
 * all are then scaled together to unit mean square.
 * Source: principal component analysis (Pearson 1901).
 */
export function fitPatchAutoencoder(
  pictures: PixelSource,
  config: PatchAutoencoderConfig,
): WeightMap {
  const { patchSize, latentChannels } = config;
  const patches = patchesOf(pictures, config);
  const rows = new Matrix(patches);
  const mean = rows.mean("column");
  const centred = rows.subRowVector(mean);
  const covariance = centred.transpose().mmul(centred).div(patches.length);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()]
    .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
    .slice(0, latentChannels);
  const deviations = order.map((index) => Math.sqrt(Math.max(realEigenvalues[index] ?? 0, 1e-12)));
  const level = Math.sqrt(
    deviations.reduce((sum, deviation) => sum + deviation, 0) / latentChannels,
  );
  const scales = deviations.map((deviation) => 1 / (Math.sqrt(deviation) * level));
  const components = order.map((index) => eigenvectorMatrix.getColumn(index));
  const encode = components.flatMap((component, at) =>
    component.map((value) => value * (scales[at] ?? 0)),
  );
  const decode = components.flatMap((component, at) =>
    component.map((value) => value / (scales[at] ?? 1)),
  );
  // A convolution's bias holds one number a channel: the encoder leaves out what the decoder puts back.
  const bias = [0, 1, 2].map((channel) => {
    const own = mean.slice(channel * patchSize ** 2, (channel + 1) * patchSize ** 2);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const shift = components.map(
    (component, at) =>
      -(scales[at] ?? 0) *
      component.reduce(
        (sum, value, i) => sum + value * (bias[Math.floor(i / patchSize ** 2)] ?? 0),
        0,
      ),
  );
  const kernel = [latentChannels, 3, patchSize, patchSize];
  return new Map([
    ["vae.encoder.conv_in.weight", stored(kernel, encode)],
    ["vae.encoder.conv_in.bias", stored([latentChannels], shift)],
    ["vae.decoder.conv_out.weight", stored(kernel, decode)],
    ["vae.decoder.conv_out.bias", stored([3], bias)],
  ]);
}
