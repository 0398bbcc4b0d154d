import type { TensorValue } from "@insightgraph/models";
import type { Picture } from "./picture.ts";
import { resample } from "./resample.ts";

/** Writes interleaved 8-bit R, G, B as planes in [-1, 1], from an offset on. Shapes: [H, W, 3] -> [3, H, W] */
export function toPlanes(pixels: Uint8Array, into: Float32Array, offset = 0): void {
  const plane = pixels.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const start = offset + channel * plane;
    for (let at = 0; at < plane; at++) {
      into[start + at] = (pixels[at * 3 + channel] as number) / 127.5 - 1;
    }
  }
}

/** A picture as planes. Shapes: -> [1, 3, H, W] in [-1, 1] */
export function planesOf({ data, width, height }: Picture): TensorValue {
  const planes = new Float32Array(data.length);
  toPlanes(data, planes);
  return { dtype: "float32", shape: [1, 3, height, width], data: planes };
}

/** A picture resized to a square without keeping its aspect, as SmartEdit does; bicubic. Shapes: -> [1, 3, side, side] in [-1, 1] */
export function pixelsOf(picture: Picture, side: number): TensorValue {
  return planesOf(resizePicture(picture, side, side));
}

/** Planes in [-1, 1] as a picture, clamped and rounded. Shapes: [3, H, W] -> H x W */
export function pictureOf(planes: Float32Array, width: number, height: number): Picture {
  const plane = width * height;
  const data = Uint8Array.from({ length: 3 * plane }, (_, at) => {
    const value = planes[(at % 3) * plane + Math.floor(at / 3)] ?? 0;
    return Math.round(Math.min(Math.max((value + 1) * 127.5, 0), 255));
  });
  return { width, height, channels: 3, data };
}

/** Resizes without keeping the aspect; at equal size the picture is returned as it is. */
export function resizePicture(picture: Picture, width: number, height: number): Picture {
  const isSame = picture.width === width && picture.height === height;
  return isSame ? picture : resample(picture, { width, height }, "cubic");
}
