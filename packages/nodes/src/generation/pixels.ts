import type { TensorValue } from "@insightgraph/engine/node";
import { resample } from "../image/resample.ts";
import type { Picture } from "../port-types.ts";

/** A picture squashed to a square, as SmartEdit does; bicubic. Shapes: -> [1, 3, side, side] in [-1, 1] */
export function pixelsOf(picture: Picture, side: number): TensorValue {
  const { data } = resizePicture(picture, side, side);
  const planes = new Float32Array(data.length);
  const plane = side * side;
  data.forEach((value, at) => {
    planes[(at % 3) * plane + Math.floor(at / 3)] = value / 127.5 - 1;
  });
  return { dtype: "float32", shape: [1, 3, side, side], data: planes };
}

/** Rounds planes in [-1, 1] back to a picture. Shapes: [3, H, W] -> H x W */
export function pictureOf(planes: Float32Array, width: number, height: number): Picture {
  const plane = width * height;
  const data = Uint8Array.from({ length: 3 * plane }, (_, at) => {
    const value = planes[(at % 3) * plane + Math.floor(at / 3)] ?? 0;
    return Math.round(Math.min(Math.max((value + 1) * 127.5, 0), 255));
  });
  return { width, height, channels: 3, data };
}

/** Resizes without keeping the aspect; the same size gives the same pixels. */
export function resizePicture(picture: Picture, width: number, height: number): Picture {
  const isSame = picture.width === width && picture.height === height;
  return isSame ? picture : resample(picture, { width, height }, "cubic");
}
