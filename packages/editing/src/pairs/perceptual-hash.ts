import sharp from "sharp";
import { lumaOf } from "../pictures/luma.ts";
import type { Picture } from "../pictures/picture.ts";
import { resample } from "../pictures/resample.ts";

const side = 32;
const kept = 8;

/** cos((2 x + 1) u pi / 64), a row a frequency. */
const cosines = Array.from({ length: kept }, (_, u) =>
  Float64Array.from({ length: side }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * side))),
);

/** The lowest 8 x 8 frequencies of a grey picture of 32 x 32. */
function lowFrequencies(grey: Float32Array): readonly number[] {
  const rows = Array.from({ length: side }, (_, y) =>
    cosines.map((wave) => wave.reduce((sum, c, x) => sum + c * (grey[y * side + x] as number), 0)),
  );
  return cosines.flatMap((wave) =>
    cosines.map((_, u) => wave.reduce((sum, c, y) => sum + c * (rows[y]?.[u] as number), 0)),
  );
}

/**
 * 64 bits as 16 hexadecimal digits that change little where the picture changes little: which low frequencies lie above
 * their median.
 * Source: Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010, section 3.2.1.
 */
export function perceptualHash(picture: Picture): string {
  const small = resample(picture, { width: side, height: side }, "linear");
  const values = lowFrequencies(lumaOf(small));
  // The first one is the mean brightness.
  const median = values.slice(1).sort((a, b) => a - b)[31] as number;
  const bits = values.map((value) => (value > median ? "1" : "0")).join("");
  return BigInt(`0b${bits}`).toString(16).padStart(16, "0");
}

/** The perceptual hash of a picture file, which is made small while it is read. Throws: for bytes that are no picture. */
export async function hashPictureFile(bytes: Uint8Array): Promise<string> {
  const size = { width: 2 * side, height: 2 * side };
  const data = await sharp(bytes)
    .autoOrient()
    .resize({ ...size, fit: "fill" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return perceptualHash({ ...size, channels: 3, data });
}

/** How many of 64 bits differ. */
export function hashDistance(a: string, b: string): number {
  let rest = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; rest > 0n; rest &= rest - 1n) count++;
  return count;
}
