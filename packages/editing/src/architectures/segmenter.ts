import { type EditingError, unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import type { Box } from "./detector.ts";
import type { NetworkOpener } from "./open-network.ts";

/** A place in a picture, in pixels from its top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Finds the outline of the object in a box. */
export interface Segmenter {
  /**
   * 255 where the object is, as large as the picture.
   * @param beside Boxes of objects like it, which are no background to tell it from.
   * Throws: argument.unfit at `objects` where nothing stands out.
   */
  segment(
    opener: NetworkOpener,
    picture: Picture,
    box: Box,
    beside?: readonly Box[],
  ): Promise<Mask>;
  /** The same of the object at a place; absent where it takes boxes alone. */
  segmentAt?(opener: NetworkOpener, picture: Picture, place: Place): Promise<Mask>;
}

/** The error for a box or a place in which no object is found. */
export function nothingStandsOut(target: Box | Place): EditingError {
  const isBox = "left" in target;
  const numbers = isBox
    ? [target.left, target.top, target.right, target.bottom]
    : [target.x, target.y];
  return unfitArgument(
    "objects",
    `nothing stands out from its surroundings ${isBox ? "in the box" : "at"} ${numbers.map(Math.round).join(", ")}.`,
    "Give a box that holds the whole object and some of what surrounds it, or a mask of your own.",
  );
}
