import { append, type Tensor } from "../graph.ts";
import { dimOf, sizeOf } from "../shape.ts";

/** Side of a window, and how far windows lie apart. */
export interface PoolOptions {
  readonly kernel: number;
  /** @default 1 */
  readonly stride?: number;
  /** How far windows reach over each border; what lies there never wins. @default 0 */
  readonly padding?: number;
  /** Whether a last window may end beyond the border (PyTorch's ceil_mode). @default false */
  readonly reachesOver?: boolean;
}

function pool(op: string, x: Tensor, options: PoolOptions): Tensor {
  const { kernel, stride = 1, padding = 0, reachesOver = false } = options;
  const round = reachesOver ? Math.ceil : Math.floor;
  const side = (axis: number): number =>
    round((sizeOf(x, axis) + 2 * padding - kernel) / stride) + 1;
  const shape = [dimOf(x, 0), dimOf(x, 1), side(2), side(3)];
  return append(
    op,
    [x],
    { dtype: x.dtype, shape },
    {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      ...(reachesOver && { ceil_mode: 1 }),
    },
  );
}

/** Greatest element of each window. Shapes: x [N, C, H, W] -> [N, C, H', W'] */
export const maxPool = (x: Tensor, options: PoolOptions): Tensor => pool("MaxPool", x, options);
/** Mean of each window. Shapes: as `maxPool`. */
export const averagePool = (x: Tensor, options: Pick<PoolOptions, "kernel" | "stride">): Tensor =>
  pool("AveragePool", x, options);
