import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";

/** Tells how far apart two pictures look. */
export interface PerceptualDistance {
  /** The measure's own name, such as "ST-LPIPS": scores of different measures cannot be compared. */
  readonly name: string;
  /**
   * 0 for equal pictures, growing with the difference.
   * Throws: argument.unfit at `reference` for unequal sizes, at `image` for pictures too small for the network.
   */
  measure(opener: NetworkOpener, picture: Picture, reference: Picture): Promise<number>;
}
