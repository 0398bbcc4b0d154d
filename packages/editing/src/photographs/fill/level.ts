/** Pixels to each side of a patch's centre. */
export const patchRadius = 3;

/** A picture with a hole, at one scale. Shapes: pixels [H, W, 3]; hole, barred [H, W], 1 where it is so */
export interface Level {
  readonly width: number;
  readonly height: number;
  /** The hole's pixels change while it is filled. */
  readonly pixels: Uint8Array;
  readonly hole: Uint8Array;
  /** How many pixels deep in the hole each of its pixels lies, from 1 on, up to 255; 0 outside. */
  readonly depth: Uint8Array;
  /** Where nothing may be copied from, beside the hole. */
  readonly barred: Uint8Array;
}

/** The same at half the size; a pixel is of the hole, or barred, where any of its four is. */
export function halve({ width, height, pixels, hole, barred }: Level): Level {
  const size = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const count = size.width * size.height;
  const half = {
    ...size,
    pixels: new Uint8Array(3 * count),
    hole: new Uint8Array(count),
    barred: new Uint8Array(count),
    depth: new Uint8Array(count),
  };
  for (let at = 0; at < count; at++) {
    const [x, y] = [2 * (at % size.width), 2 * Math.floor(at / size.width)];
    const first = y * width + x;
    const right = x + 1 < width ? 1 : 0;
    const below = y + 1 < height ? width : 0;
    averageFour(pixels, hole, first, right, below, half.pixels, 3 * at);
    const last = first + below;
    half.hole[at] = anyOf(hole, first, first + right, last, last + right);
    half.barred[at] = anyOf(barred, first, first + right, last, last + right);
  }
  half.depth.set(depthIn(half));
  return half;
}

/** City-block distance to the hole's rim, by a sweep forth and one back. */
export function depthIn({ width, hole }: Pick<Level, "width" | "hole">): Uint8Array {
  const depth = Uint8Array.from(hole, (value) => 255 * value);
  const sweep = (at: number, step: number, border: number): void => {
    const beside = at % width === border ? 255 : (depth[at - step] ?? 255);
    const across = depth[at - step * width] ?? 255;
    depth[at] = Math.min(depth[at] as number, beside + 1, across + 1);
  };
  for (let at = 0; at < depth.length; at++) sweep(at, 1, 0);
  for (let at = depth.length - 1; at >= 0; at--) sweep(at, -1, width - 1);
  return depth;
}

function anyOf(marked: Uint8Array, a: number, b: number, c: number, d: number): number {
  return (
    (marked[a] as number) | (marked[b] as number) | (marked[c] as number) | (marked[d] as number)
  );
}

/** Mean colour of a pixel and those to the right and below; of the known ones where there are any. */
function averageFour(
  pixels: Uint8Array,
  hole: Uint8Array,
  first: number,
  right: number,
  below: number,
  into: Uint8Array,
  place: number,
): void {
  let [red, green, blue, known] = [0, 0, 0, 0];
  for (let corner = 0; corner < 4; corner++) {
    const at = first + (corner & 1) * right + (corner >> 1) * below;
    if (hole[at] === 1) continue;
    red += pixels[3 * at] as number;
    green += pixels[3 * at + 1] as number;
    blue += pixels[3 * at + 2] as number;
    known++;
  }
  if (known === 0) return;
  into[place] = Math.round(red / known);
  into[place + 1] = Math.round(green / known);
  into[place + 2] = Math.round(blue / known);
}

/** 1 where a square of the patch's size around the pixel meets a marked one. */
export function widen(marked: Uint8Array, width: number, height: number): Uint8Array {
  const across = new Uint8Array(marked.length);
  const both = new Uint8Array(marked.length);
  for (let y = 0; y < height; y++) {
    spreadLine(marked, across, y * width, 1, width);
  }
  for (let x = 0; x < width; x++) spreadLine(across, both, x, width, height);
  return both;
}

/** Marks what lies within the patch's radius of a mark on one line. */
function spreadLine(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  step: number,
  length: number,
): void {
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < length + patchRadius; at++) {
    if (at < length && from[start + at * step] === 1) last = at;
    const place = at - patchRadius;
    if (place >= 0 && last >= place - patchRadius) to[start + place * step] = 1;
  }
}

/** Centres of patches that may be copied: inside the picture, off the hole and off what is barred. */
export function sourcesOf({ width, height, hole, barred }: Level): Int32Array {
  const bad = widen(
    hole.map((value, at) => value | (barred[at] as number)),
    width,
    height,
  );
  return placesWhere(width, height, (at) => bad[at] === 0);
}

/** Centres of patches that meet the hole. */
export function targetsOf({ width, height, hole }: Level): Int32Array {
  const near = widen(hole, width, height);
  return placesWhere(width, height, (at) => near[at] === 1);
}

function placesWhere(width: number, height: number, holds: (at: number) => boolean): Int32Array {
  const places = new Int32Array(width * height);
  let count = 0;
  for (let y = patchRadius; y < height - patchRadius; y++) {
    for (let x = patchRadius; x < width - patchRadius; x++) {
      if (holds(y * width + x)) places[count++] = y * width + x;
    }
  }
  return places.slice(0, count);
}
