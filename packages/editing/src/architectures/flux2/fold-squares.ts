import { floatsOf, type TensorValue } from "../tensor.ts";

/** Where each folded number comes from. Shapes: [4 C, h, w] of [C, 2 h, 2 w] */
function sourceOf(at: number, height: number, width: number): number {
  const [x, y] = [at % width, Math.floor(at / width) % height];
  const folded = Math.floor(at / (width * height));
  const [channel, row, column] = [folded >> 2, (folded >> 1) & 1, folded & 1];
  return (channel * 2 * height + 2 * y + row) * 2 * width + 2 * x + column;
}

/** The four numbers of each square as channels, its rows first. Shapes: [1, C, 2 h, 2 w] -> [1, 4 C, h, w] */
export function foldSquares(latent: TensorValue): TensorValue {
  const values = floatsOf(latent);
  const [, channels = 0, high = 0, wide = 0] = latent.shape;
  const [height, width] = [high / 2, wide / 2];
  const data = values.map((_, at) => values[sourceOf(at, height, width)] ?? 0);
  return { dtype: "float32", shape: [1, 4 * channels, height, width], data };
}

/** The inverse of `foldSquares`. Shapes: [1, 4 C, h, w] -> [1, C, 2 h, 2 w] */
export function unfoldSquares(latent: TensorValue): TensorValue {
  const values = floatsOf(latent);
  const [, channels = 0, height = 0, width = 0] = latent.shape;
  const data = new Float32Array(values.length);
  values.forEach((value, at) => {
    data[sourceOf(at, height, width)] = value;
  });
  return { dtype: "float32", shape: [1, channels / 4, 2 * height, 2 * width], data };
}
