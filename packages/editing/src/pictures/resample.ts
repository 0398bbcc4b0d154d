import type { Size } from "./canvas.ts";
import type { Picture } from "./picture.ts";

interface Filter {
  /** Radius in pixels of the coarser grid. */
  readonly support: number;
  weight(distance: number): number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

function lanczos(lobes: number): Filter {
  return { support: lobes, weight: (x) => (x < lobes ? sinc(x) * sinc(x / lobes) : 0) };
}

/** Source: Mitchell and Netravali, "Reconstruction filters in computer graphics", 1988, eq. 8. */
function cubic(b: number, c: number): Filter {
  return {
    support: 2,
    weight(x) {
      if (x < 1)
        return ((12 - 9 * b - 6 * c) * x ** 3 + (12 * b + 6 * c - 18) * x ** 2 + 6 - 2 * b) / 6;
      if (x >= 2) return 0;
      return (
        ((-b - 6 * c) * x ** 3 +
          (6 * b + 30 * c) * x ** 2 +
          (-12 * b - 48 * c) * x +
          8 * b +
          24 * c) /
        6
      );
    },
  };
}

/** Resampling filters by name; `nearest` takes one pixel and has no weights. */
export const filters = {
  lanczos3: lanczos(3),
  lanczos2: lanczos(2),
  mitchell: cubic(1 / 3, 1 / 3),
  cubic: cubic(0, 0.5),
  linear: { support: 1, weight: (x: number) => Math.max(0, 1 - x) },
  nearest: undefined,
} as const;

/** Name of a resampling filter. */
export type Kernel = keyof typeof filters;

/** Source pixels of one result pixel: from `start` on, with their weights. */
interface Taps {
  readonly start: number;
  readonly weights: Float64Array;
}

/** Pixel centres are at half-integers. At the edges, the weights inside the picture are renormalised. */
function tapsOf(from: number, to: number, filter: Filter | undefined): Taps[] {
  const step = from / to;
  const stretch = Math.max(1, step);
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * step;
    if (filter === undefined) return { start: Math.floor(centre), weights: Float64Array.of(1) };
    const reach = filter.support * stretch;
    const start = Math.max(0, Math.round(centre - reach));
    const end = Math.min(from, Math.max(start + 1, Math.round(centre + reach)));
    const raw = Array.from({ length: end - start }, (_, tap) =>
      filter.weight(Math.abs(start + tap + 0.5 - centre) / stretch),
    );
    const sum = raw.reduce((total, value) => total + value, 0);
    return { start, weights: Float64Array.from(raw, (value) => value / sum) };
  });
}

/** The horizontal pass. */
function resampleRows(picture: Picture, width: number, filter: Filter | undefined): Float32Array {
  const across = new Float32Array(width * picture.height * 3);
  const taps = tapsOf(picture.width, width, filter);
  for (let y = 0, at = 0; y < picture.height; y++) {
    for (const { start, weights } of taps) {
      for (let c = 0; c < 3; c++, at++) {
        let from = (y * picture.width + start) * 3 + c;
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++, from += 3) {
          sum += (weights[tap] ?? 0) * (picture.data[from] ?? 0);
        }
        across[at] = sum;
      }
    }
  }
  return across;
}

/**
 * Scales a picture, one axis at a time, aligned at the outer edges. sharp 0.35 is not used: when enlarging, it shifts the
 * picture by half a pixel.
 */
export function resample(picture: Picture, { width, height }: Size, kernel: Kernel): Picture {
  const filter = filters[kernel];
  const across = resampleRows(picture, width, filter);
  const stride = width * 3;
  // A clamped array rounds and clamps on write.
  const data = new Uint8ClampedArray(stride * height);
  const line = new Float32Array(stride);
  for (const [y, { start, weights }] of tapsOf(picture.height, height, filter).entries()) {
    line.fill(0);
    for (const [tap, weight] of weights.entries()) {
      const from = (start + tap) * stride;
      for (let i = 0; i < stride; i++) line[i] = (line[i] ?? 0) + weight * (across[from + i] ?? 0);
    }
    data.set(line, y * stride);
  }
  return { width, height, channels: 3, data: new Uint8Array(data.buffer) };
}

/** Binary digits of a weight in Pillow. */
const weightScale = 2 ** 22;

/** One pass over bytes. Shapes: [rows, from, inner] -> [rows, to, inner] */
function bytePass(
  data: Uint8Array,
  { rows, from, inner }: Readonly<Record<"rows" | "from" | "inner", number>>,
  taps: readonly Taps[],
): Uint8Array {
  const whole = taps.map(({ start, weights }) => ({
    start,
    weights: Float64Array.from(weights, (weight) => Math.round(weight * weightScale) / weightScale),
  }));
  const passed = new Uint8Array(rows * taps.length * inner);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const { start, weights } of whole) {
      for (let part = 0; part < inner; part++, at++) {
        let place = (row * from + start) * inner + part;
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++, place += inner) {
          sum += (weights[tap] ?? 0) * (data[place] ?? 0);
        }
        passed[at] = Math.min(255, Math.max(0, Math.floor(sum + 0.5)));
      }
    }
  }
  return passed;
}

/**
 * Scales a picture to the same bytes as Pillow, which networks were trained with: the picture between the two passes is
 * bytes as well, so what overshoots is cut off there.
 * Source: Pillow's Resample.c.
 */
export function resampleAsPillow(
  picture: Picture,
  { width, height }: Size,
  kernel: Kernel,
): Picture {
  const { width: from, height: rows, data } = picture;
  const isWide = from !== width;
  const across = isWide
    ? bytePass(data, { rows, from, inner: 3 }, tapsOf(from, width, filters[kernel]))
    : data;
  const down =
    rows === height
      ? across
      : bytePass(
          across,
          { rows: 1, from: rows, inner: 3 * width },
          tapsOf(rows, height, filters[kernel]),
        );
  return { width, height, channels: 3, data: down };
}
