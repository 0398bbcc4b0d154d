import type { NetworkOpener } from "./open-network.ts";

/** Turns a text into a vector of the space that it shares with pictures. */
export interface TextEmbedder {
  /** The model's own name, such as "CLIP": vectors of different models cannot be compared. */
  readonly name: string;
  /**
   * Shapes: -> [P]
   * @param warn Receives a sentence where a part of the text is left out.
   */
  embed(opener: NetworkOpener, text: string, warn?: (text: string) => void): Promise<Float32Array>;
}
