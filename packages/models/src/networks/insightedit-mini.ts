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

/** What the sizes of the small InsightEdits differ in. */
interface Size {
  /** Side of a picture in pixels. */
  readonly imageSize: number;
  readonly latentChannels: number;
  /** Width of tokens everywhere. */
  readonly width: number;
  /** Heads of every attention. */
  readonly heads: number;
  /** Width inside the language model's perceptrons. */
  readonly hidden: number;
  readonly visionLayers: number;
  readonly languageLayers: number;
  readonly queries: number;
  /** Width inside the Q-Former's perceptrons. @default 4 width */
  readonly queryHidden?: number;
  /** Width of the adapter's mapper. */
  readonly mapperWidth: number;
  /** Channels of the denoising network, finest level first. */
  readonly channels: readonly [number, number];
  /** Whether the coarse level attends outside the middle block as well. */
  readonly attendsAtCoarse: boolean;
  readonly normNumGroups: number;
  /** The decoder that sees the source. @default none */
  readonly decoder?: SourceDecoderSizes;
}

const mini: Size = {
  imageSize: 128,
  latentChannels: 32,
  width: 192,
  heads: 6,
  hidden: 512,
  visionLayers: 2,
  languageLayers: 3,
  queries: 16,
  mapperWidth: 96,
  channels: [96, 192],
  attendsAtCoarse: true,
  normNumGroups: 16,
  decoder: { widths: [40, 80, 112], normNumGroups: 8 },
};

const nano: Size = {
  imageSize: 64,
  latentChannels: 16,
  width: 40,
  heads: 4,
  hidden: 96,
  visionLayers: 1,
  languageLayers: 2,
  queries: 8,
  queryHidden: 80,
  mapperWidth: 12,
  channels: [16, 32],
  attendsAtCoarse: false,
  normNumGroups: 4,
};

/** Vision patches to a side; the bottom of the denoising network has as many pixels. */
const grid = 8;
const mmTokens = 8;
const imageTokens = 4;

function configOf(size: Size, vocabulary: number): InsightEditConfig {
  const { imageSize, latentChannels, width, heads, queries, queryHidden } = size;
  const patchSize = imageSize / grid;
  const [fine] = size.channels;
  return {
    mllm: {
      vision: {
        imageSize,
        patchSize,
        width,
        layers: size.visionLayers,
        heads,
        stem: "convolutions",
        normalizesPatches: true,
      },
      vocabulary,
      maxWords: 20,
      mmTokens,
      width,
      hidden: size.hidden,
      layers: size.languageLayers,
      heads,
    },
    bridges: {
      mmTokens,
      mmWidth: width,
      visionWidth: width,
      qFormer: {
        queries,
        width,
        layers: 2,
        heads,
        ...(queryHidden !== undefined && { hidden: queryHidden }),
      },
      interaction: { heads, grid, visualChannels: fine, visualScale: 2 },
      adapter: { mapperWidth: size.mapperWidth, tokens: imageTokens, width },
    },
    unet: {
      sampleSize: 2 * grid,
      inChannels: 2 * latentChannels,
      outChannels: latentChannels,
      blockOutChannels: size.channels,
      attends: [false, size.attendsAtCoarse],
      layersPerBlock: 1,
      heads: size.attendsAtCoarse ? heads : 4,
      normNumGroups: size.normNumGroups,
      crossAttentionDim: width,
      textTokens: queries,
      imageTokens,
    },
    vae: { imageSize, patchSize: patchSize / 2, latentChannels },
    ...(size.decoder !== undefined && { decoder: size.decoder }),
  };
}

/** The paper's modules at a size that two CPU cores can train; `vocabulary` counts the words it reads. */
export function insightEditMini(vocabulary: number): InsightEditConfig {
  return configOf(mini, vocabulary);
}

/** The same at a size at which an ablation's variants can be trained, and shipped, side by side. */
export function insightEditNano(vocabulary: number): InsightEditConfig {
  return configOf(nano, vocabulary);
}
