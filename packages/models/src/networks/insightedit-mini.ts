import type { BridgeConfig } from "./bridges.ts";
import type { EditUnetConfig } from "./edit-unet.ts";
import type { PatchAutoencoderConfig } from "./patch-autoencoder.ts";
import type { VisionLanguageConfig } from "./vision-language.ts";

export interface InsightEditConfig {
  readonly mllm: VisionLanguageConfig;
  readonly bridges: BridgeConfig;
  readonly unet: EditUnetConfig;
  readonly vae: PatchAutoencoderConfig;
}

const imageSize = 64;
const latentChannels = 24;
const width = 128;

/** The paper's modules at a size that two CPU cores can train; `vocabulary` counts the words it reads. */
export function insightEditMini(vocabulary: number): InsightEditConfig {
  const mmTokens = 8;
  const textTokens = 16;
  const imageTokens = 4;
  return {
    mllm: {
      vision: { imageSize, patchSize: 8, width, layers: 2, heads: 4 },
      vocabulary,
      maxWords: 16,
      mmTokens,
      width,
      hidden: 320,
      layers: 3,
      heads: 4,
    },
    bridges: {
      mmTokens,
      mmWidth: width,
      visionWidth: width,
      qFormer: { queries: textTokens, width, layers: 2, heads: 4 },
      interaction: { heads: 4, grid: 8, visualChannels: 64, visualScale: 2 },
      adapter: { mapperWidth: 64, tokens: imageTokens, width },
    },
    unet: {
      sampleSize: 16,
      inChannels: 2 * latentChannels,
      outChannels: latentChannels,
      blockOutChannels: [64, 128],
      attends: [false, true],
      layersPerBlock: 1,
      heads: 4,
      normNumGroups: 16,
      crossAttentionDim: width,
      textTokens,
      imageTokens,
    },
    vae: { imageSize, patchSize: 4, latentChannels },
  };
}
