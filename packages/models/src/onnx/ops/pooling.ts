import { append, type Tensor } from "../graph.ts";
import { dimOf, sizeOf } from "../shape.ts";

/** Side of a window, and how far windows lie apart. */
export interface PoolOptions {
  readonly kernel: number;
  /** @default 1 */
  readonly stride?: number;
}

function pool(op: string, x: Tensor, { kernel, stride = 1 }: PoolOptions): Tensor {
  const side = (axis: number): number => Math.floor((sizeOf(x, axis) - kernel) / stride) + 1;
  const shape = [dimOf(x, 0), dimOf(x, 1), side(2), side(3)];
  const attributes = { kernel_shape: [kernel, kernel], strides: [stride, stride] };
  return append(op, [x], { dtype: x.dtype, shape }, attributes);
}

/** Greatest element of each whole window. Shapes: x [N, C, H, W] -> [N, C, H', W'] */
export const maxPool = (x: Tensor, options: PoolOptions): Tensor => pool("MaxPool", x, options);
/** Mean of each whole window. Shapes: as `maxPool`. */
export const averagePool = (x: Tensor, options: PoolOptions): Tensor =>
  pool("AveragePool", x, options);
