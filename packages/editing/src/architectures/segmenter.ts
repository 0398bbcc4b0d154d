import { type EditingError, unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import type { Box } from "./detector.ts";
import type { NetworkOpener } from "./open-network.ts";

/** Finds the outline of the object in a box. */
export interface Segmenter {
  /**
   * 255 where the object is, as large as the picture.
   * Throws: argument.unfit at `objects` where nothing stands out.
   */
  segment(opener: NetworkOpener, picture: Picture, box: Box): Promise<Mask>;
}

/** The error for a box in which no object is found. */
export function nothingStandsOut({ left, top, right, bottom }: Box): EditingError {
  const place = [left, top, right, bottom].map(Math.round).join(", ");
  return unfitArgument(
    "objects",
    `nothing stands out from its surroundings in the box ${place}.`,
    "Give a box that holds the whole object and some of what surrounds it, or a mask of your own.",
  );
}
