import type { Tensor } from "../onnx/graph.ts";
import { gelu, relu, silu } from "../onnx/ops/elementwise.ts";

const activations = { silu, swish: silu, gelu, relu };

/** A nonlinearity's name in a checkpoint's config.json. */
export type Activation = keyof typeof activations;

/** The names of all activations, as configs write them. */
export const activationNames = Object.keys(activations) as readonly Activation[];

/**
 * A nonlinearity by name; gelu is the erf form.
 * Shapes: x [..] -> [..]
 * Source: diffusers' get_activation.
 */
export function activate(name: Activation, x: Tensor): Tensor {
  return activations[name](x);
}
