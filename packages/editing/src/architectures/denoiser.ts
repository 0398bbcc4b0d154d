import type { GuidanceRow, NoiseSource, Sampler, SchedulerConfig } from "@insightgraph/models";
import type { Mask } from "../pictures/picture.ts";
import type { ImagePromptTarget } from "./image-prompt.ts";
import type { Latent } from "./latent.ts";
import type { LoraTarget } from "./lora.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** The image half of a conditioning. */
export interface ImageCondition {
  /** f_img, [1, K, E] */
  readonly tokens: TensorValue;
  /** Lambda of the image half of every cross-attention. */
  readonly scale: number;
}

/** What a denoising network is conditioned on, besides the noisy latent. */
export interface DenoiserInputs {
  /** Of an inpainting network: the picture with what is filled hidden. */
  readonly source: Latent;
  /** Further pictures that a network with `readsReferences` sees, of any sizes. @default none */
  readonly references?: readonly Latent[] | undefined;
  /** Where an inpainting network fills, at any size; other networks take none. */
  readonly mask?: Mask | undefined;
  /** f_txt, [1, S, E] */
  readonly condition: TensorValue;
  /** Unconditional (negative) conditioning, [1, S, E]. @default the learned null text, if there is one */
  readonly negative?: TensorValue | undefined;
  /** v_t, [1, C, h, w] */
  readonly visual?: TensorValue | undefined;
  readonly imageCondition?: ImageCondition | undefined;
}

/** How the noise is removed. */
export interface SolverOptions {
  readonly steps: number;
  /** Noise that DDIM adds at each step, 0 to 1. */
  readonly eta: number;
  /** @default that of the checkpoint */
  readonly scheduler: SchedulerConfig | undefined;
}

/** A denoising network, opened for the rows of a guided batch. */
export interface OpenDenoiser {
  readonly sampler: Sampler;
  /** Shapes: sample [C, h, w] -> [rows, C, h, w], flat */
  predict(sample: Float32Array, timestep: number): Promise<Float32Array>;
}

/** A network that removes noise from latents. */
export interface Denoiser {
  /** Whether the source latent guides it beside the text. */
  readsSource(latentChannels: number): boolean;
  /** Whether it fills a mask and so needs one. Absent: it takes none. */
  fillsMask?(latentChannels: number): boolean;
  /** Whether it sees further pictures beside the source. Absent: it takes none. */
  readonly readsReferences?: boolean;
  /** The random numbers of a seed. */
  noise(seed: number): NoiseSource;
  /** Throws: argument.unfit at the input that does not fit the network. */
  open(
    opener: NetworkOpener,
    inputs: DenoiserInputs,
    rows: readonly GuidanceRow[],
    options: SolverOptions,
  ): Promise<OpenDenoiser>;
  /** The same with its matrices in 8 bits. Absent if the network does not support that. */
  inInt8?(): Denoiser;
  /** Absent if the network does not support LoRA. */
  readonly lora?: LoraTarget<Denoiser>;
  /** Absent if the network does not support IP-Adapters. */
  readonly imagePrompt?: ImagePromptTarget<Denoiser>;
}
