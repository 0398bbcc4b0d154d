import type { Level } from "./level.ts";

/** Fills a hole smoothly, ring by ring from its rim, each pixel as the mean of its known neighbours. */
export function spreadInwards({
  width,
  height,
  pixels,
  hole,
}: Pick<Level, "width" | "height" | "pixels" | "hole">): void {
  const isUnknown = Uint8Array.from(hole);
  let ring = rimOf(isUnknown, width, height);
  while (ring.length > 0) {
    for (const at of ring) {
      const known = neighbours(at, width, height).filter((near) => isUnknown[near] === 0);
      for (let c = 0; c < 3; c++) {
        const sum = known.reduce((total, near) => total + (pixels[3 * near + c] as number), 0);
        pixels[3 * at + c] = Math.round(sum / known.length);
      }
    }
    for (const at of ring) isUnknown[at] = 0;
    ring = rimOf(isUnknown, width, height);
  }
}

function neighbours(at: number, width: number, height: number): readonly number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  const found: number[] = [];
  if (x > 0) found.push(at - 1);
  if (x < width - 1) found.push(at + 1);
  if (y > 0) found.push(at - width);
  if (y < height - 1) found.push(at + width);
  return found;
}

function rimOf(isUnknown: Uint8Array, width: number, height: number): readonly number[] {
  const rim: number[] = [];
  for (let at = 0; at < isUnknown.length; at++) {
    if (isUnknown[at] !== 1) continue;
    if (neighbours(at, width, height).some((near) => isUnknown[near] === 0)) rim.push(at);
  }
  return rim;
}
