import type { InsightEditConfig } from "./insightedit-mini.ts";

/** InsightEdit's modules at a size at which a training step takes milliseconds. */
export const insightEditTiny: InsightEditConfig = {
  mllm: {
    vision: { imageSize: 16, patchSize: 4, width: 8, layers: 1, heads: 2 },
    vocabulary: 6,
    maxWords: 3,
    mmTokens: 2,
    width: 8,
    hidden: 12,
    layers: 1,
    heads: 2,
  },
  bridges: {
    mmTokens: 2,
    mmWidth: 8,
    visionWidth: 8,
    qFormer: { queries: 3, width: 8, layers: 2, heads: 2 },
    interaction: { heads: 2, grid: 4, visualChannels: 8, visualScale: 2 },
    adapter: { mapperWidth: 4, tokens: 4, width: 8 },
  },
  unet: {
    sampleSize: 8,
    inChannels: 12,
    outChannels: 6,
    blockOutChannels: [8, 16],
    attends: [false, true],
    layersPerBlock: 1,
    heads: 2,
    normNumGroups: 4,
    crossAttentionDim: 8,
    textTokens: 3,
    imageTokens: 4,
  },
  vae: { imageSize: 16, patchSize: 2, latentChannels: 6 },
  decoder: { widths: [8], normNumGroups: 4 },
};
