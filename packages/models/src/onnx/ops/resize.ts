import { type Attribute, append, constant, type Tensor } from "../graph.ts";
import { dimOf, sizeOf } from "../shape.ts";

const nearest = {
  mode: "nearest",
  coordinate_transformation_mode: "asymmetric",
  nearest_mode: "floor",
};
const linear = { mode: "linear", coordinate_transformation_mode: "half_pixel" };
const cubic = {
  mode: "cubic",
  coordinate_transformation_mode: "half_pixel",
  cubic_coeff_a: { float: -0.75 },
};

type Mode = Readonly<Record<string, Attribute>>;

function resize(x: Tensor, scale: number, attributes: Mode): Tensor {
  const none = constant(x.graph, [], [0]);
  const scales = constant(x.graph, [1, 1, scale, scale], [4], "float32");
  const shape = [dimOf(x, 0), dimOf(x, 1), sizeOf(x, 2) * scale, sizeOf(x, 3) * scale];
  return append("Resize", [x, none, scales], { dtype: x.dtype, shape }, attributes);
}

/** The least single-precision factor by which the runtime, which rounds sizes down, reaches a size. */
function factorBetween(from: number, to: number): number {
  let factor = Math.fround(to / from);
  for (let ulp = 2 ** -24; Math.floor(from * factor) < to; ulp *= 2) {
    factor = Math.fround((to / from) * (1 + ulp));
  }
  return factor;
}

/** By factors rather than sizes, of which the runtime would want the batch's too. */
function resizeTo(x: Tensor, height: number, width: number, attributes: Mode): Tensor {
  const none = constant(x.graph, [], [0]);
  const factors = [factorBetween(sizeOf(x, 2), height), factorBetween(sizeOf(x, 3), width)];
  const scales = constant(x.graph, [1, 1, ...factors], [4], "float32");
  const shape = [dimOf(x, 0), dimOf(x, 1), height, width];
  return append("Resize", [x, none, scales], { dtype: x.dtype, shape }, attributes);
}

/** Each pixel becomes a block of scale x scale equal ones. Shapes: x [N, C, H, W] -> [N, C, scale H, scale W] */
export function resizeNearest(x: Tensor, scale: number): Tensor {
  return resize(x, scale, nearest);
}

/**
 * The pixel at floor(place * old / new) of each axis, as PyTorch's "nearest".
 * Shapes: x [N, C, H, W] -> [N, C, height, width]
 */
export function resizeNearestTo(x: Tensor, height: number, width: number): Tensor {
  return resizeTo(x, height, width, nearest);
}

/**
 * Bilinear, pixel centres aligned (PyTorch's align_corners=false), no antialias.
 * Shapes: x [N, C, H, W] -> [N, C, scale H, scale W]
 */
export function resizeLinear(x: Tensor, scale: number): Tensor {
  return resize(x, scale, linear);
}

/** As `resizeLinear`, to any size. Shapes: x [N, C, H, W] -> [N, C, height, width] */
export function resizeLinearTo(x: Tensor, height: number, width: number): Tensor {
  return resizeTo(x, height, width, linear);
}

/** Bicubic, otherwise as `resizeLinearTo`. Shapes: x [N, C, H, W] -> [N, C, height, width] */
export function resizeCubicTo(x: Tensor, height: number, width: number): Tensor {
  return resizeTo(x, height, width, cubic);
}
