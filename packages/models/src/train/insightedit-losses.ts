import { linear } from "../layers/linear.ts";
import { bridgeToText, type Interaction, imageBridge } from "../networks/bridges.ts";
import { editUnet } from "../networks/edit-unet.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { patchEncoder } from "../networks/patch-autoencoder.ts";
import { visionLanguage, visionTower } from "../networks/vision-language.ts";
import { declareInput, type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { concat, reshape, slice, transpose } from "../onnx/ops/arrange.ts";
import { add, div, mul, neg, stopGradient, sub } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { instanceNormalization, logSoftmax } from "../onnx/ops/normalize.ts";
import { reduceMean, reduceSum } from "../onnx/ops/reduce.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import { weightsAt } from "../onnx/weights.ts";
import { binaryCrossEntropy, crossEntropy, squaredError } from "./losses.ts";

export interface TrainingOptions {
  readonly batch: number;
  /** Kinds of objects; the label after the last says that there is none. */
  readonly objects: number;
  /** How much more an error inside the edit mask counts. */
  readonly maskWeight: number;
  /** Alignment trains comprehension and bridges alone; editing adds the denoising network. */
  readonly stage: "alignment" | "editing";
}

export type Losses = Readonly<Record<string, Tensor>>;

/** Mean features of each quadrant, normalized: what the image branch must foresee of the target. */
function targetFeatures(graph: Graph, target: Tensor, config: InsightEditConfig): Tensor {
  const { vision } = config.mllm;
  const tower = weightsAt(graph, "mllm.vision_tower.vision_model");
  const seen = visionTower(tower, target, vision);
  const [rows, half] = [dimOf(target, 0), vision.imageSize / vision.patchSize / 2];
  const cells = reshape(seen, [Number(rows) * 2, half, 2, half * vision.width]);
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
  return squaredError(slice(entering, 1, 0, 1), reshape(meant, [batch, 1, width]));
}

/**
 * Everything InsightEdit's training asks of a batch of scenes, one scalar a loss.
 * Declares the inputs: source and target pixels [N, 3, S, S], ids [N, words], gone and come [N] (object kinds),
 * cells [N, grid^2] (object kind in each cell), where [N, grid^2] and mask [N, 1, h, w] (share of edited pixels);
 * for editing also noise [N, C, h, w], timestep [N], signal and spread [N, 1, 1, 1] (sqrt of alpha bar and of
 * 1 - alpha bar), keepText [N, 1, 1], keepSource [N, 1, 1, 1] and imageScale [N, 1, 1].
 * Source: InsightEdit (arXiv:2411.17323), section 3.3: diffusion loss and alignment of the image branch; the
 * direct questions to the states (place, point, gone, come, cells, where, draft) are this project's own.
 */
export function insightEditLosses(
  graph: Graph,
  config: InsightEditConfig,
  { batch, objects, maskWeight, stage }: TrainingOptions,
): Losses {
  const { imageSize } = config.vae;
  const { grid } = config.bridges.interaction;
  const pixels = [batch, 3, imageSize, imageSize];
  const root = weightsAt(graph);
  const source = declareInput(graph, "source", pixels);
  const target = declareInput(graph, "target", pixels);
  const ids = declareInput(graph, "ids", [batch, config.mllm.maxWords], "int64");
  const label = (name: string, ...rest: number[]): Tensor =>
    declareInput(graph, name, [batch, ...rest], "int64");

  const { mmTokens, vision } = visionLanguage.build(
    root.at("mllm"),
    { pixels: source, ids },
    config.mllm,
  );
  const bridges = root.at("bridges");
  const told = bridgeToText(bridges, { mmTokens, vision }, config.bridges);
  const { image } = imageBridge.build(bridges, { mmTokens }, config.bridges);

  const head = root.at("train");
  const pooled = reduceMean(mmTokens, [1]);
  const kinds = { out: objects + 1 };
  const cell = reshape(linear(head.at("where"), told.image, { out: 1 }), [batch, grid * grid]);
  const encode = (from: Tensor): Tensor =>
    patchEncoder.build(root.at("vae"), { pixels: from }, config.vae).latent;
  const zSource = encode(source);
  const change = sub(encode(target), zSource);
  const mask = declareInput(graph, "mask", [batch, 1, sizeOf(zSource, 2), sizeOf(zSource, 3)]);
  const emphasis = add(mul(mask, maskWeight), 1);
  const truth = cellsOf(change, grid);
  const draft = linear(head.at("draft"), told.image, { out: sizeOf(truth, 2) });
  const where = declareInput(graph, "where", [batch, grid * grid]);
  const spread = spreadOf(where);
  const losses = {
    place: placeError(linear(head.at("place"), pooled, { out: grid * grid }), spread),
    point: pointError(told, spread),
    gone: crossEntropy(linear(head.at("gone"), pooled, kinds), label("gone")),
    come: crossEntropy(linear(head.at("come"), pooled, kinds), label("come")),
    cells: crossEntropy(linear(head.at("cells"), vision, kinds), label("cells", grid * grid)),
    where: binaryCrossEntropy(cell, where),
    draft: squaredError(
      draft,
      truth,
      add(mul(reshape(where, [batch, grid * grid, 1]), maskWeight), 1),
    ),
    align: squaredError(image, targetFeatures(graph, target, config)),
  };
  if (stage === "alignment") return losses;

  const keep = (name: string, rank: number): Tensor =>
    declareInput(graph, name, [batch, ...Array.from({ length: rank - 1 }, () => 1)]);
  const [keepText, keepSource] = [keep("keepText", 3), keep("keepSource", 4)];
  const nothing = bridges.get("null_text", [1, sizeOf(told.text, 1), sizeOf(told.text, 2)], {
    std: 0.5,
  });
  const text = add(mul(told.text, keepText), mul(nothing, sub(scalar(graph, 1), keepText)));
  const base = mul(zSource, keepSource);
  const clean = add(zSource, change);
  const noise = declareInput(graph, "noise", [...zSource.shape]);
  const noisy = add(mul(clean, keep("signal", 4)), mul(noise, keep("spread", 4)));
  const { output } = editUnet.build(
    root.at("unet"),
    {
      sample: concat([noisy, base], 1),
      timestep: declareInput(graph, "timestep", [batch]),
      text,
      image,
      imageScale: keep("imageScale", 3),
      visual: told.visual,
    },
    config.unet,
  );
  return { ...losses, diffusion: squaredError(add(base, output), clean, emphasis) };
}
