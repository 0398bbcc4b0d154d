import { linear } from "../layers/linear.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { visionTower } from "../networks/vision-language.ts";
import { declareInput, type Tensor } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import type { Weights } from "../onnx/weights.ts";
import { crossEntropy } from "./losses.ts";

/** What each cell of a picture shows, as one of the kinds or none. Shapes: vision [N, P, V] -> [N, P, kinds + 1] */
export function cellLogits(head: Weights, vision: Tensor, kinds: number): Tensor {
  return linear(head.at("cells"), vision, { out: kinds + 1 });
}

/**
 * Teaches the vision tower alone to say what each cell shows, as InsightEdit's comes trained by others.
 * Shapes: source, target [N, 3, S, S] -> []
 * Declares the input bothCells [2 N, grid^2]: the kinds in the sources, then in the targets.
 */
export function visionLoss(
  root: Weights,
  source: Tensor,
  target: Tensor,
  config: InsightEditConfig,
  { batch, objects }: { readonly batch: number; readonly objects: number },
): Tensor {
  const tower = root.at("mllm.vision_tower.vision_model");
  const seen = visionTower(tower, concat([source, target], 0), config.mllm.vision);
  const shape = [2 * batch, config.bridges.interaction.grid ** 2];
  const labels = declareInput(root.graph, "bothCells", shape, "int64");
  return crossEntropy(cellLogits(root.at("train"), seen, objects), labels);
}
