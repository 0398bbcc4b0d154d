import { append, type Tensor } from "../graph.ts";
import { dimOf, shapeError, showShape, sizeOf } from "../shape.ts";

/** Zeros added at the top, left, bottom and right. */
export type Sides = readonly [number, number, number, number];

/** How a kernel walks over its input. @default stride 1, padding 0, groups 1 */
export interface ConvolutionOptions {
  readonly stride?: number;
  /** Zeros added on every side, or on each. */
  readonly padding?: number | Sides;
  /** Groups of channels that are convolved apart. */
  readonly groups?: number;
}

/** Cross-correlation. Shapes: x [N, C, H, W], weight [O, C / groups, k, k], bias [O] -> [N, O, H', W'] */
export function convolution(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  { stride = 1, padding = 0, groups = 1 }: ConvolutionOptions = {},
): Tensor {
  if (sizeOf(x, 1) !== groups * sizeOf(weight, 1)) {
    throw shapeError("conv", `${showShape(x.shape)} through ${showShape(weight.shape)}.`, weight);
  }
  const kernel = sizeOf(weight, 2);
  const pads = typeof padding === "number" ? [padding, padding, padding, padding] : padding;
  const side = (axis: number): number => {
    const padded = sizeOf(x, axis) + (pads[axis - 2] ?? 0) + (pads[axis] ?? 0);
    return Math.floor((padded - kernel) / stride) + 1;
  };
  return append(
    "Conv",
    bias === undefined ? [x, weight] : [x, weight, bias],
    { dtype: x.dtype, shape: [dimOf(x, 0), dimOf(weight, 0), side(2), side(3)] },
    {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads,
      ...(groups > 1 && { group: groups }),
    },
  );
}

/** The options of the convolution whose transpose is taken. @default stride 1, padding 0, outputPadding 0 */
export interface TransposedOptions {
  readonly stride?: number;
  /** Zeros that the convolution added on every side. */
  readonly padding?: number;
  /** Extra rows and columns at the bottom and right, where the stride left the size open. */
  readonly outputPadding?: number;
}

/** The transpose of `convolution` in x. Shapes: y [N, O, H', W'], weight [O, C, k, k] -> [N, C, H, W] */
export function transposedConvolution(
  y: Tensor,
  weight: Tensor,
  { stride = 1, padding = 0, outputPadding = 0 }: TransposedOptions = {},
): Tensor {
  const kernel = sizeOf(weight, 2);
  const side = (axis: number): number =>
    (sizeOf(y, axis) - 1) * stride - 2 * padding + kernel + outputPadding;
  return append(
    "ConvTranspose",
    [y, weight],
    { dtype: y.dtype, shape: [dimOf(y, 0), dimOf(weight, 1), side(2), side(3)] },
    {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      output_padding: [outputPadding, outputPadding],
    },
  );
}
