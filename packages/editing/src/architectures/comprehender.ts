import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** Hidden states that describe a picture and an instruction. */
export interface Comprehension {
  /** Hidden states at the [MM] positions, [1, r, d] */
  readonly mmTokens: TensorValue;
  /** Patch features of the vision tower, [1, p, v] */
  readonly vision: TensorValue;
}

/**
 * A multimodal language model that reads a picture and an instruction together.
 * Source: InsightEdit (arXiv:2411.17323), section 3.2.
 */
export interface Comprehender {
  /**
   * @param warn Called with a sentence if unknown words are skipped.
   * Throws: argument.unfit at `instruction` if no word of it is known.
   */
  comprehend(
    opener: NetworkOpener,
    picture: Picture,
    instruction: string,
    warn?: (text: string) => void,
  ): Promise<Comprehension>;
}
