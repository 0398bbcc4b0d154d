import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";

/** Turns a picture into a vector that says what it shows. */
export interface ImageEmbedder {
  /** The model's own name, such as "CLIP": vectors of different models cannot be compared. */
  readonly name: string;
  /** Shapes: -> [P], of any length */
  embed(opener: NetworkOpener, picture: Picture): Promise<Float32Array>;
}
