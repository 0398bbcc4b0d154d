import type { Size } from "../pictures/canvas.ts";
import type { Box } from "./detector.ts";

/**
 * A box in pixels from its centre and sides in shares of a picture, cut at the picture's borders.
 * @param scale Size of what the shares are of. @default the picture
 */
export function centredBox(values: Float32Array, picture: Size, scale: Size = picture): Box {
  const [x = 0, y = 0, width = 0, height = 0] = values;
  const across = (share: number): number =>
    Math.min(Math.max(share * scale.width, 0), picture.width);
  const down = (share: number): number =>
    Math.min(Math.max(share * scale.height, 0), picture.height);
  return {
    left: across(x - width / 2),
    top: down(y - height / 2),
    right: across(x + width / 2),
    bottom: down(y + height / 2),
  };
}
