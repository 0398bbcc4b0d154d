import { linear } from "../layers/linear.ts";
import type { Interaction } from "../networks/bridges.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { visionTower } from "../networks/vision-language.ts";
import type { Graph, Tensor } from "../onnx/graph.ts";
import { reshape, sliceAxis, transpose } from "../onnx/ops/arrange.ts";
import { add, div, mul, neg, stopGradient } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { instanceNormalization, logSoftmax } from "../onnx/ops/normalize.ts";
import { reduceMean, reduceSum } from "../onnx/ops/reduce.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import { type Weights, weightsAt } from "../onnx/weights.ts";
import {
  binaryCrossEntropy,
  crossEntropy,
  type InteractionLoss,
  type Losses,
  squaredError,
} from "./losses.ts";
import type { BatchInputs } from "./training-batch.ts";
import { cellLogits } from "./vision-losses.ts";

/** What comprehension and bridges made of a batch. */
export interface BridgedStates {
  /** [N, r, D] */
  readonly mmTokens: Tensor;
  /** [N, P, V] */
  readonly vision: Tensor;
  /** Of the bidirectional interaction, where there is one. */
  readonly interaction?: Interaction;
  /** f_img [N, K, E] */
  readonly image: Tensor;
}

/** Mean features of each quadrant, normalized: what the image branch must predict of the target. Shapes: target [N, 3, S, S] -> [N, T, V] */
function targetFeatures(graph: Graph, target: Tensor, config: InsightEditConfig): Tensor {
  const { vision } = config.mllm;
  const tower = weightsAt(graph, "mllm.vision_tower.vision_model");
  const features = visionTower(tower, target, vision);
  const [rows, half] = [dimOf(target, 0), vision.imageSize / vision.patchSize / 2];
  const cells = reshape(features, [Number(rows) * 2, half, 2, half * vision.width]);
  const byRow = reduceMean(cells, [1]);
  const byCell = reduceMean(reshape(byRow, [Number(rows) * 4, half, vision.width]), [1]);
  const tokens = reshape(byCell, [rows, config.bridges.adapter.tokens, vision.width]);
  return stopGradient(instanceNormalization(tokens, 1e-5));
}

/** Latent pixels of each vision cell side by side. Shapes: [N, C, h, w] -> [N, grid^2, C s s] */
function cellsOf(latent: Tensor, grid: number): Tensor {
  const [rows, channels] = [dimOf(latent, 0), sizeOf(latent, 1)];
  const scale = sizeOf(latent, 2) / grid;
  const cut = reshape(latent, [Number(rows) * channels, grid, scale, grid, scale]);
  const cells = transpose(cut, [0, 1, 3, 2, 4]);
  const apart = reshape(cells, [rows, channels, grid * grid, scale * scale]);
  return reshape(transpose(apart, [0, 2, 1, 3]), [rows, grid * grid, channels * scale * scale]);
}

/** How the edit is spread over the cells. Shapes: where [N, cells] -> the same, summing to 1 */
function spreadOf(where: Tensor): Tensor {
  return div(where, add(reduceSum(where, [1], true), 1e-6));
}

/** Cross-entropy of where the edit lies. Shapes: logits, spread [N, cells] -> [] */
function placeError(logits: Tensor, spread: Tensor): Tensor {
  return neg(reduceMean(reduceSum(mul(logSoftmax(logits), spread), [1])));
}

/**
 * The first query must enter as the encoding of the place that is meant, as a prompt's point enters SAM; from
 * there the vision cells find it by likeness.
 */
function pointError({ entering, position }: Interaction, spread: Tensor): Tensor {
  const [batch, cells] = [sizeOf(spread, 0), sizeOf(spread, 1)];
  const width = sizeOf(position, 2);
  const meant = matmul(reshape(spread, [batch, 1, cells]), position);
  return squaredError(sliceAxis(entering, 1, 0, 1), reshape(meant, [batch, 1, width]));
}

/** What the interaction's cells must answer; each [N, cells, ..] */
interface CellTruth {
  readonly where: Tensor;
  readonly spread: Tensor;
  readonly emphasis: Tensor;
  readonly change: Tensor;
}

function interactionLosses(
  head: Weights,
  interaction: Interaction,
  { where, spread, emphasis, change }: CellTruth,
): Pick<Losses, InteractionLoss> {
  const edited = reshape(linear(head.at("where"), interaction.image, { out: 1 }), [...where.shape]);
  const draft = linear(head.at("draft"), interaction.image, { out: sizeOf(change, 2) });
  return {
    point: pointError(interaction, spread),
    where: binaryCrossEntropy(edited, where),
    draft: squaredError(draft, change, emphasis),
  };
}

/** What the states are asked about. */
export interface StateQuestions {
  /** The labels, as the batch holds them. */
  readonly batch: BatchInputs<"alignment">;
  /** Kinds of objects; the label after the last says that there is none. */
  readonly objects: number;
  /** How much more an error inside the edit counts. */
  readonly maskWeight: number;
  /** Target latent minus source latent [N, C, h, w] */
  readonly change: Tensor;
}

/**
 * Direct questions to the states: place, point and where of the edit, which object is gone and which to come, what
 * each cell shows, a draft of the change; and the alignment of f_img with the target's features. One scalar each.
 * Source: InsightEdit (arXiv:2411.17323), section 3.3, for the alignment; the questions are this project's own.
 */
export function stateLosses(
  head: Weights,
  { mmTokens, vision, interaction, image }: BridgedStates,
  config: InsightEditConfig,
  { batch, objects, maskWeight, change }: StateQuestions,
): Losses {
  const { where, target } = batch;
  const [rows, cells] = [sizeOf(where, 0), sizeOf(where, 1)];
  const { grid } = config.bridges.interaction;
  const spread = spreadOf(where);
  const pooled = reduceMean(mmTokens, [1]);
  const kinds = { out: objects + 1 };
  const emphasis = add(mul(reshape(where, [rows, cells, 1]), maskWeight), 1);
  return {
    place: placeError(linear(head.at("place"), pooled, { out: cells }), spread),
    ...(interaction &&
      interactionLosses(head, interaction, {
        where,
        spread,
        emphasis,
        change: cellsOf(change, grid),
      })),
    gone: crossEntropy(linear(head.at("gone"), pooled, kinds), batch.gone),
    come: crossEntropy(linear(head.at("come"), pooled, kinds), batch.come),
    cells: crossEntropy(cellLogits(head, vision, objects), batch.cells),
    align: squaredError(image, targetFeatures(head.graph, target, config)),
  };
}
