import type { Picture } from "../pictures/picture.ts";
import { toPlanes } from "../pictures/planes.ts";
import type { TensorValue } from "./tensor.ts";

/** Two pictures of one size in a batch. Shapes: -> [2, 3, H, W] in [-1, 1] */
export function stackPictures(picture: Picture, reference: Picture): TensorValue {
  const { width, height, data } = picture;
  const planes = new Float32Array(2 * data.length);
  toPlanes(data, planes);
  toPlanes(reference.data, planes, data.length);
  return { dtype: "float32", shape: [2, 3, height, width], data: planes };
}
