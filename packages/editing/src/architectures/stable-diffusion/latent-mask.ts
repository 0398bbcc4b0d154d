import type { Size } from "../../pictures/canvas.ts";
import type { Mask } from "../../pictures/picture.ts";

/**
 * A mask at a latent's size, 1 where it is filled: the pixel at the top left of each square decides, as in PyTorch's
 * nearest interpolation. Shapes: -> [1, h, w]
 */
export function latentMask(mask: Mask, { width, height }: Size): Float32Array {
  const [across, down] = [mask.width / width, mask.height / height];
  return Float32Array.from({ length: width * height }, (_, at) => {
    const x = Math.floor((at % width) * across);
    const y = Math.floor(Math.floor(at / width) * down);
    return (mask.data[y * mask.width + x] ?? 0) >= 128 ? 1 : 0;
  });
}
