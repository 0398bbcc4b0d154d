import { scalar, type Tensor } from "../onnx/graph.ts";
import { add, clamp, div, min, mul, sub } from "../onnx/ops/elementwise.ts";

/** The learning rate over a stage; all but `rate` count steps. */
export interface TrainingSchedule {
  /** The last step; the rate falls linearly to zero over the final `coolDown` steps. */
  readonly steps: number;
  /** The highest. */
  readonly rate: number;
  readonly warmUp: number;
  readonly coolDown: number;
}

/**
 * Warm-up, plateau, linear cool-down. Shapes: steps done [1] -> [1]
 * Source: WSD schedule (arXiv:2404.06395), section 4.
 */
export function learningRate(
  step: Tensor,
  { steps, rate, warmUp, coolDown }: TrainingSchedule,
): Tensor {
  const rising = min(div(add(step, 1), warmUp), 1);
  const falling = clamp(div(sub(scalar(step.graph, steps), step), coolDown), 0, 1);
  return mul(mul(rising, falling), rate);
}
