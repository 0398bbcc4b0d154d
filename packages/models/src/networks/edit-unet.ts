import { defineNetwork } from "./define-network.ts";
import { unetOutput } from "./unet-2d-condition.ts";
import type { UnetBlock, UnetConfig } from "./unet-config.ts";

/** What `insightedit-mini` varies of a UNet2DConditionModel; the rest is as in SD-1.5. */
export interface EditUnetConfig {
  readonly sampleSize: number;
  /** Noisy latent beside source latent: twice the latent channels. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly blockOutChannels: readonly number[];
  /** Levels with cross-attention, finest first; the middle block always has it. */
  readonly attends: readonly boolean[];
  readonly layersPerBlock: number;
  readonly heads: number;
  readonly normNumGroups: number;
  readonly crossAttentionDim: number;
  readonly textTokens: number;
  readonly imageTokens: number;
}

function unetConfigOf(config: EditUnetConfig): UnetConfig {
  const { sampleSize, blockOutChannels, attends, layersPerBlock, heads } = config;
  const { inChannels, outChannels, normNumGroups, crossAttentionDim } = config;
  const block = (level: number, resnets: number, isAttending: boolean): UnetBlock => ({
    channels: blockOutChannels[level] ?? 0,
    heads,
    transformers: Array.from({ length: resnets }, () => (isAttending ? 1 : 0)),
    onlyCrossAttention: false,
  });
  const levels = blockOutChannels.map((_, level) => level);
  const attendsAt = (level: number): boolean => attends[level] === true;
  return {
    inChannels,
    outChannels,
    normNumGroups,
    crossAttentionDim,
    sampleSize: [sampleSize, sampleSize],
    centerInputSample: false,
    flipSinToCos: true,
    freqShift: 0,
    timeEmbeddingDim: 4 * (blockOutChannels[0] ?? 0),
    timeMode: "shift",
    activation: "silu",
    normEps: 1e-5,
    convInKernel: 3,
    convOutKernel: 3,
    downsamplePadding: 1,
    useLinearProjection: false,
    down: levels.map((level) => block(level, layersPerBlock, attendsAt(level))),
    mid: { ...block(levels.length - 1, 1, true), outputScale: 1 },
    up: levels.toReversed().map((level) => block(level, layersPerBlock + 1, attendsAt(level))),
  };
}

/**
 * Denoises a latent beside its source under text and image tokens; v_t is added after the first convolution.
 * Shapes: sample [N, 2 C, h, w], timestep [N], text [N, S, E], image [N, K, E], imageScale [N, 1, 1], visual [N, C0, h, w] -> output [N, C, h, w]
 * Source: InsightEdit (arXiv:2411.17323), figure 3; Latent Diffusion (arXiv:2112.10752); weight names of diffusers' UNet2DConditionModel.
 */
export const editUnet = defineNetwork({
  name: "edit-unet",
  inputs: (config: EditUnetConfig) => {
    const { sampleSize, crossAttentionDim, blockOutChannels } = config;
    return {
      sample: { shape: ["N", config.inChannels, sampleSize, sampleSize] },
      timestep: { shape: ["N"] },
      text: { shape: ["N", config.textTokens, crossAttentionDim] },
      image: { shape: ["N", config.imageTokens, crossAttentionDim] },
      imageScale: { shape: ["N", 1, 1] },
      visual: { shape: ["N", blockOutChannels[0] ?? 0, sampleSize, sampleSize] },
    };
  },
  build(w, { image, imageScale, ...inputs }, config) {
    const imageContext = { tokens: image, scaleAt: () => imageScale };
    return { output: unetOutput(w, { ...inputs, image: imageContext }, unetConfigOf(config)) };
  },
});
