import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** What a comprehender understood of a picture and an instruction. */
export interface Comprehension {
  /** States at the [MM] positions, [1, r, d] */
  readonly mmTokens: TensorValue;
  /** Patches as the vision tower sees them, [1, p, v] */
  readonly vision: TensorValue;
}

/**
 * A multimodal language model that reads a picture and an instruction together.
 * Source: InsightEdit (arXiv:2411.17323), section 3.2.
 */
export interface Comprehender {
  /**
   * @param warn Called with a sentence where words are unknown and left out.
   * Throws: argument.unfit at `instruction` where nothing of it can be read.
   */
  comprehend(
    opener: NetworkOpener,
    picture: Picture,
    instruction: string,
    warn?: (text: string) => void,
  ): Promise<Comprehension>;
}
