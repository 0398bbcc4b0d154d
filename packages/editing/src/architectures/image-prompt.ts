import type { WeightMap } from "@insightgraph/models";
import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** Projects a picture to tokens for the image half of every cross-attention. */
export interface ImagePrompt {
  /** Shapes: -> [1, K, E] */
  project(opener: NetworkOpener, picture: Picture): Promise<TensorValue>;
}

/** Weights of the image half of a network's cross-attentions, under their IP-Adapter names. */
export interface ImageAttention {
  /** SHA-256 of the file's content, in hex. */
  readonly digest: string;
  readonly weights: WeightMap;
}

/** A denoiser whose cross-attentions can take an image half. */
export interface ImagePromptTarget<Part> {
  /** Width E of the tokens that it expects. */
  readonly tokenWidth: number;
  add(attention: ImageAttention): Part;
}
