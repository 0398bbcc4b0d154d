import type { BridgeConfig } from "./bridges.ts";
import type { EditUnetConfig } from "./edit-unet.ts";
import type { PatchAutoencoderConfig } from "./patch-autoencoder.ts";
import type { SourceDecoderSizes } from "./source-decoder.ts";
import type { VisionLanguageConfig } from "./vision-language.ts";

/** Sizes of all parts of an InsightEdit. */
export interface InsightEditConfig {
  readonly mllm: VisionLanguageConfig;
  readonly bridges: BridgeConfig;
  readonly unet: EditUnetConfig;
  readonly vae: PatchAutoencoderConfig;
  /** The decoder that sees the source. @default none; edits are decoded from the latent alone */
  readonly decoder?: SourceDecoderSizes;
}

const imageSize = 128;
const latentChannels = 32;
const width = 192;
/** Vision patches, 16 pixels wide, to a side; the bottom of the denoising network has as many pixels. */
const grid = 8;

/** The paper's modules at a size that two CPU cores can train; `vocabulary` counts the words it reads. */
export function insightEditMini(vocabulary: number): InsightEditConfig {
  const mmTokens = 8;
  const textTokens = 16;
  const imageTokens = 4;
  const [fine, coarse] = [96, 192];
  const patchSize = imageSize / grid;
  return {
    mllm: {
      vision: {
        imageSize,
        patchSize,
        width,
        layers: 2,
        heads: 6,
        stem: "convolutions",
        normalizesPatches: true,
      },
      vocabulary,
      maxWords: 20,
      mmTokens,
      width,
      hidden: 512,
      layers: 3,
      heads: 6,
    },
    bridges: {
      mmTokens,
      mmWidth: width,
      visionWidth: width,
      qFormer: { queries: textTokens, width, layers: 2, heads: 6 },
      interaction: { heads: 6, grid, visualChannels: fine, visualScale: 2 },
      adapter: { mapperWidth: 96, tokens: imageTokens, width },
    },
    unet: {
      sampleSize: 2 * grid,
      inChannels: 2 * latentChannels,
      outChannels: latentChannels,
      blockOutChannels: [fine, coarse],
      attends: [false, true],
      layersPerBlock: 1,
      heads: 6,
      normNumGroups: 16,
      crossAttentionDim: width,
      textTokens,
      imageTokens,
    },
    vae: { imageSize, patchSize: patchSize / 2, latentChannels },
    decoder: { widths: [40, 80, 112], normNumGroups: 8 },
  };
}
