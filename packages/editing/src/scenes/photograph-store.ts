import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { photographs } from "./photograph-list.ts";

/** The background photographs at one size. */
export interface PhotographStore {
  readonly size: number;
  /** The pixels of `photographs[index]`: size x size x (R, G, B) in 0..255, row by row. */
  at(index: number): Float32Array;
}

const folder = new URL("../../data/photographs/", import.meta.url);

/** Reads every photograph once, scaled to `size` x `size`. */
export async function openPhotographs(size: number): Promise<PhotographStore> {
  const rows = await Promise.all(photographs.map(({ file }) => load(file, size)));
  return {
    size,
    at(index) {
      const data = rows[index];
      if (data === undefined) throw new RangeError(`there is no photograph ${index}`);
      return data;
    },
  };
}

async function load(file: string, size: number): Promise<Float32Array> {
  const data = await sharp(fileURLToPath(new URL(file, folder)))
    .resize(size, size, { fit: "fill", kernel: "lanczos3" })
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return Float32Array.from(data);
}
