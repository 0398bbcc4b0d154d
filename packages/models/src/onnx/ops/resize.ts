import { append, constant, type Tensor } from "../graph.ts";
import { dimOf, sizeOf } from "../shape.ts";

function resize(x: Tensor, scale: number, attributes: Record<string, string>): Tensor {
  const none = constant(x.graph, [], [0]);
  const scales = constant(x.graph, [1, 1, scale, scale], [4], "float32");
  const shape = [dimOf(x, 0), dimOf(x, 1), sizeOf(x, 2) * scale, sizeOf(x, 3) * scale];
  return append("Resize", [x, none, scales], { dtype: x.dtype, shape }, attributes);
}

/** Each pixel becomes a block of scale x scale equal ones. */
export function resizeNearest(x: Tensor, scale: number): Tensor {
  return resize(x, scale, {
    mode: "nearest",
    coordinate_transformation_mode: "asymmetric",
    nearest_mode: "floor",
  });
}

/** Bilinear, pixel centres aligned (PyTorch's align_corners=false), no antialias. */
export function resizeLinear(x: Tensor, scale: number): Tensor {
  return resize(x, scale, { mode: "linear", coordinate_transformation_mode: "half_pixel" });
}
