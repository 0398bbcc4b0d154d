import type { Random } from "./random.ts";

/** Weight of a texture at a pixel, -1 to 1. */
type Weave = (x: number, y: number) => number;

/** A fine pattern, or grain that differs at each pixel. */
function drawWeave(random: Random): Weave {
  const period = random.between(2.5, 9);
  const rate = (2 * Math.PI) / period;
  const angle = random.between(0, Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const wave = (x: number, y: number): number => Math.sin((x * cos + y * sin) * rate);
  const across = (x: number, y: number): number => Math.sin((y * cos - x * sin) * rate);
  switch (random.integer(0, 4)) {
    case 0:
      return () => random.between(-1, 1);
    case 1:
      return wave;
    case 2:
      return (x, y) => Math.sign(wave(x, y));
    case 3:
      return (x, y) => Math.sign(wave(x, y) * across(x, y));
    default: // Dots.
      return (x, y) => (wave(x, y) + across(x, y) > 1 ? 1 : -0.2);
  }
}

/**
 * Adds a fine texture to a picture: grain, stripes, checks or dots of a few pixels.
 * @param data R, G, B in 0..255, row by row; it is changed.
 */
export function addFineTexture(random: Random, data: Float32Array, size: number): void {
  const weave = drawWeave(random);
  const depth = random.between(6, 40);
  const colour = [0, 1, 2].map(() => depth * random.between(0.5, 1));
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const weight = weave(x, y);
      for (const channel of colour) {
        data[at] = Math.min(255, Math.max(0, (data[at] as number) + weight * channel));
        at += 1;
      }
    }
  }
}
