import type { Box } from "../architectures/detector.ts";
import type { Region, Size } from "../pictures/canvas.ts";

/** A box grown by a share of its sides on each side, within a picture. */
export function growBox(
  { left, top, right, bottom }: Box,
  share: number,
  { width, height }: Size,
): Box {
  const [across, down] = [(right - left) * share, (bottom - top) * share];
  return {
    left: Math.max(0, left - across),
    top: Math.max(0, top - down),
    right: Math.min(width, right + across),
    bottom: Math.min(height, bottom + down),
  };
}

/** The whole pixels of a picture that a grown box touches. */
export function regionAround(box: Box, share: number, picture: Size): Region {
  const { left, top, right, bottom } = growBox(box, share, picture);
  const [x, y] = [Math.floor(left), Math.floor(top)];
  return {
    left: x,
    top: y,
    width: Math.min(picture.width, Math.ceil(right)) - x,
    height: Math.min(picture.height, Math.ceil(bottom)) - y,
  };
}
