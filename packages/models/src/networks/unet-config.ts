import type { Activation } from "../layers/activation.ts";

/** One resolution of a UNet, on the way down, up or at the bottom. */
export interface UnetBlock {
  readonly channels: number;
  /** Of every attention in it. */
  readonly heads: number;
  /** One entry a resnet block: how many transformer blocks follow it, 0 for no attention. */
  readonly transformers: readonly number[];
  /** The first attention of each transformer block reads the text too. */
  readonly onlyCrossAttention: boolean;
}

/** A UNet with every default written out; `down` begins with the finest level, `up` with the coarsest. */
export interface UnetConfig {
  /** Height and width of the latent. */
  readonly sampleSize: readonly [number, number];
  readonly inChannels: number;
  readonly outChannels: number;
  readonly centerInputSample: boolean;
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
  readonly timeEmbeddingDim: number;
  readonly timeMode: "shift" | "scale-shift";
  readonly activation: Activation;
  readonly normNumGroups: number;
  readonly normEps: number;
  readonly convInKernel: number;
  readonly convOutKernel: number;
  readonly downsamplePadding: 0 | 1;
  readonly useLinearProjection: boolean;
  readonly crossAttentionDim: number;
  readonly down: readonly UnetBlock[];
  /** Its `transformers` lie between its resnet blocks. */
  readonly mid: (UnetBlock & { readonly outputScale: number }) | undefined;
  readonly up: readonly UnetBlock[];
}
