import { fileURLToPath } from "node:url";
import sharp from "sharp";

const photograph = fileURLToPath(new URL("../fixtures/photographs/coffee.jpg", import.meta.url));
const mean = [103.53, 116.28, 123.675] as const;
const std = [57.375, 57.12, 58.395] as const;

/** The photograph as NanoDet reads it: blue, green, red. Shapes: -> [1, 3, 416, 416] */
export async function coffeePixels(): Promise<Float32Array> {
  const { data } = await sharp(photograph)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const plane = data.length / 3;
  return Float32Array.from({ length: data.length }, (_, at) => {
    const channel = Math.floor(at / plane) as 0 | 1 | 2;
    return ((data[(at % plane) * 3 + 2 - channel] ?? 0) - mean[channel]) / std[channel];
  });
}
