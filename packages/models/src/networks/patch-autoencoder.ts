import { conv2d } from "../layers/conv2d.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { transposedConvolution } from "../onnx/ops/convolution.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { defineNetwork } from "./define-network.ts";

/** Sides of picture and patch in pixels, and channels of the latent. */
export interface PatchAutoencoderConfig {
  readonly imageSize: number;
  readonly patchSize: number;
  readonly latentChannels: number;
}

const latentSide = ({ imageSize, patchSize }: PatchAutoencoderConfig): number =>
  imageSize / patchSize;

/**
 * Each patch becomes one latent pixel by a linear map; there is no posterior variance.
 * Shapes: pixels [N, 3, S, S] in [-1, 1] -> latent [N, C, S / patch, S / patch]
 * Source: principal component analysis as the optimal linear autoencoder (Baldi and Hornik 1989).
 */
export const patchEncoder = defineNetwork({
  name: "patch-encoder",
  inputs: ({ imageSize }: PatchAutoencoderConfig) => ({
    pixels: { shape: ["N", 3, imageSize, imageSize] },
  }),
  build(w, { pixels }, { patchSize, latentChannels }) {
    const options = { out: latentChannels, kernel: patchSize, stride: patchSize };
    return { latent: conv2d(w.at("encoder.conv_in"), pixels, options) };
  },
});

/**
 * The encoder's inverse on the span of its components.
 * Shapes: latent [N, C, h, w] -> pixels [N, 3, h patch, w patch]
 * Source: as `patchEncoder`.
 */
export const patchDecoder = defineNetwork({
  name: "patch-decoder",
  inputs: (config: PatchAutoencoderConfig) => ({
    latent: { shape: ["N", config.latentChannels, latentSide(config), latentSide(config)] },
  }),
  build(w, { latent }, { patchSize, latentChannels }) {
    const to = w.at("decoder.conv_out");
    const weight = to.get("weight", [latentChannels, 3, patchSize, patchSize], { std: 0.1 });
    const bias = to.get("bias", [3], { fill: 0 });
    const pixels = transposedConvolution(latent, weight, { stride: patchSize });
    return { pixels: add(pixels, reshape(bias, [3, 1, 1])) };
  },
});
