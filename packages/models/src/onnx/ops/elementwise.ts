import { ModelError } from "../../errors.ts";
import { append, scalar, type Tensor } from "../graph.ts";
import { broadcastShapes } from "../shape.ts";

function unary(op: string, x: Tensor): Tensor {
  return append(op, [x], { dtype: x.dtype, shape: x.shape });
}

function binary(op: string, a: Tensor, b: Tensor | number): Tensor {
  const right = typeof b === "number" ? scalar(a.graph, b) : b;
  if (a.dtype !== right.dtype) {
    throw new ModelError("onnx.dtype", `${op} got ${a.dtype} and ${right.dtype}.`, {
      at: a.name,
      hint: "Cast one of them.",
    });
  }
  return append(op, [a, right], { dtype: a.dtype, shape: broadcastShapes(a, right) });
}

/**
 * Sum, with NumPy's broadcasting. Shapes: a [..], b [..] or a number -> the broadcast shape. Throws: onnx.dtype,
 * onnx.shape.
 */
export const add = (a: Tensor, b: Tensor | number): Tensor => binary("Add", a, b);
/** Difference. Shapes: as `add`. */
export const sub = (a: Tensor, b: Tensor | number): Tensor => binary("Sub", a, b);
/** Product of elements. Shapes: as `add`. */
export const mul = (a: Tensor, b: Tensor | number): Tensor => binary("Mul", a, b);
/** Quotient. Shapes: as `add`. */
export const div = (a: Tensor, b: Tensor | number): Tensor => binary("Div", a, b);
/** The smaller of two elements. Shapes: as `add`. */
export const min = (a: Tensor, b: Tensor | number): Tensor => binary("Min", a, b);

/** -x. Shapes: x [..] -> the same */
export const neg = (x: Tensor): Tensor => unary("Neg", x);
/** e to the power of x. Shapes: x [..] -> the same */
export const exp = (x: Tensor): Tensor => unary("Exp", x);
/** Square root. Shapes: x [..] -> the same */
export const sqrt = (x: Tensor): Tensor => unary("Sqrt", x);
/** Gauss error function. Shapes: x [..] -> the same */
export const erf = (x: Tensor): Tensor => unary("Erf", x);
/** Sine of radians. Shapes: x [..] -> the same */
export const sin = (x: Tensor): Tensor => unary("Sin", x);
/** Cosine of radians. Shapes: x [..] -> the same */
export const cos = (x: Tensor): Tensor => unary("Cos", x);
/** Hyperbolic tangent. Shapes: x [..] -> the same */
export const tanh = (x: Tensor): Tensor => unary("Tanh", x);
/** 1 / (1 + exp(-x)). Shapes: x [..] -> the same */
export const sigmoid = (x: Tensor): Tensor => unary("Sigmoid", x);
/** log(1 + exp(x)). Shapes: x [..] -> the same */
export const softplus = (x: Tensor): Tensor => unary("Softplus", x);
/** max(x, 0). Shapes: x [..] -> the same */
export const relu = (x: Tensor): Tensor => unary("Relu", x);
/** x where x > 0, else slope x. Shapes: x [..] -> the same */
export const leakyRelu = (x: Tensor, slope: number): Tensor =>
  append("LeakyRelu", [x], { dtype: x.dtype, shape: x.shape }, { alpha: { float: slope } });
/** x Phi(x), the erf form. Shapes: x [..] -> the same. Source: GELU (arXiv:1606.08415). */
export const gelu = (x: Tensor): Tensor => unary("Gelu", x);
/** gelu by its tanh approximation. Shapes: x [..] -> the same. Source: GELU (arXiv:1606.08415), section 2. */
export const geluTanh = (x: Tensor): Tensor =>
  append("Gelu", [x], { dtype: x.dtype, shape: x.shape }, { approximate: "tanh" });
/** Passes values on and stops gradients. Shapes: x [..] -> the same */
export const stopGradient = (x: Tensor): Tensor => unary("Identity", x);

/** 1 where x > 0, else 0, in x's own type: the slope of relu. Shapes: x [..] -> the same */
export function step(x: Tensor): Tensor {
  const positive = append("Greater", [x, scalar(x.graph, 0)], { dtype: "bool", shape: x.shape });
  const to = x.dtype === "float64" ? 11 : 1;
  return append("Cast", [positive], { dtype: x.dtype, shape: x.shape }, { to });
}

/** Limits each element to [low, high]. Shapes: x [..] -> the same */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  const limits = [scalar(x.graph, low), scalar(x.graph, high)];
  return append("Clip", [x, ...limits], { dtype: x.dtype, shape: x.shape });
}

/** x times x. Shapes: x [..] -> the same */
export const square = (x: Tensor): Tensor => mul(x, x);
/** x sigmoid(x), also called swish. Shapes: x [..] -> the same */
export const silu = (x: Tensor): Tensor => mul(x, sigmoid(x));
/** x sigmoid(1.702 x), the approximation of gelu that CLIP was trained with. Shapes: x [..] -> the same */
export const quickGelu = (x: Tensor): Tensor => mul(x, sigmoid(mul(x, 1.702)));
