import type { NetworkOpener } from "../architectures/open-network.ts";
import type { Segmenter } from "../architectures/segmenter.ts";
import { unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/**
 * The object at a place or in a box.
 * @param numbers x and y, or left, top, right and bottom, in pixels.
 * Throws: argument.unfit at `place` where they are neither, or the segmenter takes boxes alone; as the segmenter.
 */
export async function segmentAt(
  opener: NetworkOpener,
  segmenter: Segmenter,
  picture: Picture,
  numbers: readonly number[],
): Promise<Mask> {
  const [left = Number.NaN, top = Number.NaN, right, bottom] = numbers;
  if (!numbers.every(Number.isFinite) || (numbers.length !== 2 && numbers.length !== 4)) {
    throw unfitArgument(
      "place",
      "the place is neither two nor four numbers.",
      "Give a point, such as 60, 110, or a box by its corners, such as 10, 20, 110, 220.",
    );
  }
  const { width, height } = picture;
  const isBox = right !== undefined && bottom !== undefined;
  const isOutside = left >= width || top >= height || (right ?? left) < 0 || (bottom ?? top) < 0;
  if (isOutside || (isBox && (right <= left || bottom <= top))) {
    throw unfitArgument(
      "place",
      `${numbers.join(", ")} holds nothing of the picture, which has ${width} x ${height} pixels.`,
      "Give a place in the picture; the corners of a box are left, top, right, bottom.",
    );
  }
  if (isBox) return segmenter.segment(opener, picture, { left, top, right, bottom });
  if (segmenter.segmentAt === undefined) {
    throw unfitArgument(
      "place",
      "this segmenter finds objects in boxes, not at points.",
      "Give a box around the object, or use a Segment Anything model.",
    );
  }
  return segmenter.segmentAt(opener, picture, { x: left, y: top });
}
