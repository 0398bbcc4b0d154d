import { linear } from "../layers/linear.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { visionTower } from "../networks/vision-language.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import type { Weights } from "../onnx/weights.ts";
import { crossEntropy } from "./losses.ts";
import type { BatchInputs } from "./training-batch.ts";

/** What each cell of a picture shows, as one of the kinds or none. Shapes: vision [N, P, V] -> [N, P, kinds + 1] */
export function cellLogits(head: Weights, vision: Tensor, kinds: number): Tensor {
  return linear(head.at("cells"), vision, { out: kinds + 1 });
}

/**
 * Teaches the vision tower alone to say what each cell shows, as InsightEdit's comes trained by others.
 * Shapes: source, target [N, 3, S, S], bothCells [2 N, P] -> []
 */
export function visionLoss(
  root: Weights,
  { source, target, bothCells }: BatchInputs<"vision">,
  config: InsightEditConfig,
  kinds: number,
): Tensor {
  const tower = root.at("mllm.vision_tower.vision_model");
  const vision = visionTower(tower, concat([source, target], 0), config.mllm.vision);
  return crossEntropy(cellLogits(root.at("train"), vision, kinds), bothCells);
}
