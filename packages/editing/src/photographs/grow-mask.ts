import type { Box } from "../architectures/detector.ts";
import type { Size } from "../pictures/canvas.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { slidingMaximum } from "../pictures/sliding-maximum.ts";

/** Grows a mask by a square brush. */
export function growMask({ width, height, data }: Mask, radius: number): Mask {
  const across = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    across.set(slidingMaximum(data.subarray(y * width, (y + 1) * width), radius), y * width);
  }
  const both = new Uint8Array(data.length);
  const column = new Uint8Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = across[y * width + x] as number;
    const grown = slidingMaximum(column, radius);
    for (let y = 0; y < height; y++) both[y * width + x] = grown[y] as number;
  }
  return { width, height, data: both };
}

/** The smallest rectangle that holds a mask that is not empty. */
export function extentOf({ width, data }: Mask): Box {
  let [left, top, right, bottom] = [width, -1, -1, -1];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    if (top < 0) top = y;
    bottom = y + 1;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
  }
  return { left, top, right, bottom };
}

type Rgb = readonly [red: number, green: number, blue: number];

const colourAt = (data: Uint8Array, at: number): Rgb => [
  data[3 * at] ?? 0,
  data[3 * at + 1] ?? 0,
  data[3 * at + 2] ?? 0,
];

const luma = ([red, green, blue]: Rgb): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** How far two colours are apart in the shares of red and green, whatever their light. */
function hueDistance(a: Rgb, b: Rgb): number {
  const sumOf = ([red, green, blue]: Rgb): number => red + green + blue + 1;
  const apart = (channel: 0 | 1): number => Math.abs(a[channel] / sumOf(a) - b[channel] / sumOf(b));
  return apart(0) + apart(1);
}

function medianColour(colours: readonly Rgb[]): Rgb {
  const median = (channel: 0 | 1 | 2): number =>
    colours.map((colour) => colour[channel]).sort((a, b) => a - b)[colours.length >> 1] ?? 0;
  return [median(0), median(1), median(2)];
}

/** A shadow is below this share of the light around it, */
const shadowLight = 0.85;
/** and no further than this from the ground's hue. */
const shadowHue = 0.12;
/** Less than this share of one light and hue around it is no ground to tell a shadow from. */
const plainShare = 0.7;
/** How far a shadow may reach, in heights of the object. */
const shadowReach = 0.18;

/**
 * A mask with the object's soft shadow: what lies beside and below its lower third, darker than the ground and of its hue.
 * The ground is the median of a ring around the place of the shadow.
 */
export function withShadow(picture: Picture, mask: Mask): Mask {
  const extent = extentOf(mask);
  const { width, height } = mask;
  const foot = Math.floor(extent.bottom - (extent.bottom - extent.top) / 3);
  const reach = Math.max(2, Math.round((extent.bottom - extent.top) * shadowReach));
  const lower = { width, height, data: mask.data.map((v, at) => (at >= foot * width ? v : 0)) };
  const near = growMask(lower, reach);
  const ring = growMask(near, Math.ceil(reach / 2));
  const isBelow = (at: number): boolean => at >= foot * width && mask.data[at] === 0;
  const around: Rgb[] = [];
  for (let at = 0; at < ring.data.length; at++) {
    if (isBelow(at) && ring.data[at] !== 0 && near.data[at] === 0) {
      around.push(colourAt(picture.data, at));
    }
  }
  const ground = medianColour(around);
  const isDark = (colour: Rgb): boolean => luma(colour) < shadowLight * luma(ground);
  const isOfGround = (colour: Rgb): boolean => hueDistance(colour, ground) < shadowHue;
  const plain = around.filter((colour) => isOfGround(colour) && !isDark(colour)).length;
  if (plain < plainShare * around.length) return mask;
  const isShadow = (at: number): boolean => {
    if (!isBelow(at) || near.data[at] === 0) return false;
    const colour = colourAt(picture.data, at);
    return isDark(colour) && isOfGround(colour);
  };
  const data = mask.data.map((value, at) => (isShadow(at) ? 255 : value));
  return touching({ width, height, data }, mask);
}

/** What of a mask hangs together with a smaller one. */
export function touching(mask: Mask, seed: Mask): Mask {
  const { width, height } = mask;
  const data = Uint8Array.from(seed.data);
  const queue: number[] = [];
  for (let at = 0; at < data.length; at++) if (data[at] !== 0) queue.push(at);
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const near of neighboursOf(at, { width, height })) {
      if (data[near] !== 0 || mask.data[near] === 0) continue;
      data[near] = 255;
      queue.push(near);
    }
  }
  return { width, height, data };
}

function neighboursOf(at: number, { width, height }: Size): readonly number[] {
  const x = at % width;
  const found: number[] = [];
  if (x > 0) found.push(at - 1);
  if (x < width - 1) found.push(at + 1);
  if (at >= width) found.push(at - width);
  if (at < width * (height - 1)) found.push(at + width);
  return found;
}
