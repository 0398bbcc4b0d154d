import { append, type Tensor } from "../graph.ts";
import { dimOf, sizeOf } from "../shape.ts";

/** Size of the window, how far it moves, and how far it reaches over each border. */
export interface PoolOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** The greatest value of each window; padding never wins. Shapes: x [N, C, H, W] -> [N, C, H', W'] */
export function maxPool(x: Tensor, { kernel, stride, padding }: PoolOptions): Tensor {
  const side = (axis: number): number =>
    Math.floor((sizeOf(x, axis) + 2 * padding - kernel) / stride) + 1;
  return append(
    "MaxPool",
    [x],
    { dtype: x.dtype, shape: [dimOf(x, 0), dimOf(x, 1), side(2), side(3)] },
    {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    },
  );
}
