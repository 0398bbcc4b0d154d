import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { declareInput, type Graph, type Tensor } from "../onnx/graph.ts";
import type { FloatTensor, LabelTensor } from "./tensor-value.ts";

/**
 * The vision tower alone, then comprehension and bridges, then the denoising network with the bridges, then the decoder
 * that sees the source.
 */
export const trainingStages = ["vision", "alignment", "editing", "decoding"] as const;
/** A stage of InsightEdit's training. */
export type TrainingStage = (typeof trainingStages)[number];

/** Sizes on which the shapes of a batch depend. */
export interface BatchSizes {
  /** Pictures N. */
  readonly batch: number;
  /** Side S of a picture, in pixels. */
  readonly side: number;
  /** Words L of an instruction. */
  readonly words: number;
  /** Cells P of the vision grid. */
  readonly cells: number;
  readonly latentChannels: number;
  /** Side h of a latent. */
  readonly latentSide: number;
}

type ShapeOf = (sizes: BatchSizes) => readonly number[];

const floats = (shape: ShapeOf) => ({ dtype: "float32", shape }) as const;
const labels = (shape: ShapeOf) => ({ dtype: "int64", shape }) as const;

const perRow: ShapeOf = ({ batch }) => [batch, 1, 1];
const perLatent: ShapeOf = ({ batch }) => [batch, 1, 1, 1];
const pixels: ShapeOf = ({ batch, side }) => [batch, 3, side, side];
const latent: ShapeOf = ({ batch, latentChannels, latentSide }) => [
  batch,
  latentChannels,
  latentSide,
  latentSide,
];
const perCell: ShapeOf = ({ batch, cells }) => [batch, cells];

const pictures = {
  /** Pixels before and after the edit, in [-1, 1]. [N, 3, S, S] */
  source: floats(pixels),
  target: floats(pixels),
};

const edits = {
  ...pictures,
  /** The instruction's words. [N, L] */
  ids: labels(({ batch, words }) => [batch, words]),
};

const questions = {
  ...edits,
  /** The object that goes, and the object or colour that comes; after the last kind: none. [N] */
  gone: labels(({ batch }) => [batch]),
  come: labels(({ batch }) => [batch]),
  /** What each cell of the source shows. [N, P] */
  cells: labels(perCell),
  /** Share of edited pixels in each cell, in [0, 1]. [N, P] */
  where: floats(perCell),
};

/** Element type and shape of every tensor of a batch, by stage: what the losses declare and a batch must hold. */
export const batchTensors = {
  vision: {
    ...pictures,
    /** What each cell shows: in the sources, then in the targets. [2 N, P] */
    bothCells: labels(({ batch, cells }) => [2 * batch, cells]),
  },
  alignment: questions,
  editing: {
    ...questions,
    /** Share of edited pixels in each pixel of the latent, in [0, 1]. [N, 1, h, h] */
    mask: floats(({ batch, latentSide }) => [batch, 1, latentSide, latentSide]),
    /** Standard normal noise. [N, C, h, h] */
    noise: floats(latent),
    /** Training timestep. [N] */
    timestep: floats(({ batch }) => [batch]),
    /** Shares of the clean latent and of the noise: sqrt(alpha bar) and sqrt(1 - alpha bar). [N, 1, 1, 1] */
    signal: floats(perLatent),
    spread: floats(perLatent),
    /** 0 replaces the text by the null text, and the source by zeros. [N, 1, 1], [N, 1, 1, 1] */
    keepText: floats(perRow),
    keepSource: floats(perLatent),
    /** Weight of the image tokens' attention. [N, 1, 1] */
    imageScale: floats(perRow),
  },
  decoding: {
    ...edits,
    /** What the denoising network starts from: noise at the scale of inference. [N, C, h, h] */
    noise: floats(latent),
    /** Weight of the image tokens' attention. [N, 1, 1] */
    imageScale: floats(perRow),
    /** 1 decodes what the denoising network predicts, 0 the target's own latent. [N, 1, 1, 1] */
    isPredicted: floats(perLatent),
  },
} as const satisfies Record<TrainingStage, object>;

type BatchTensors = typeof batchTensors;

/** The tensors of one step of a stage, by the names that its losses declare. Shapes: `batchTensors`. */
export type TrainingBatch<Stage extends TrainingStage = TrainingStage> = {
  readonly [Name in keyof BatchTensors[Stage]]: BatchTensors[Stage][Name] extends {
    readonly dtype: "int64";
  }
    ? LabelTensor
    : FloatTensor;
};

/** A batch that teaches the vision tower. */
export type VisionBatch = TrainingBatch<"vision">;
/** A batch that teaches comprehension and bridges. */
export type AlignmentBatch = TrainingBatch<"alignment">;
/** A batch that teaches bridges and denoising network. */
export type EditingBatch = TrainingBatch<"editing">;

/** A batch that teaches the decoder. */
export type DecodingBatch = TrainingBatch<"decoding">;

/** The sizes of a network's batches. */
export function batchSizes({ vae, mllm, bridges }: InsightEditConfig, batch: number): BatchSizes {
  return {
    batch,
    side: vae.imageSize,
    words: mllm.maxWords,
    cells: bridges.interaction.grid ** 2,
    latentChannels: vae.latentChannels,
    latentSide: vae.imageSize / vae.patchSize,
  };
}

/** A batch's tensors as inputs of a graph. */
export type BatchInputs<Stage extends TrainingStage> = {
  readonly [Name in keyof BatchTensors[Stage]]: Tensor;
};

/** Declares every tensor of a stage's batch as an input of the graph. Shapes: `batchTensors`. */
export function declareBatch<Stage extends TrainingStage>(
  graph: Graph,
  stage: Stage,
  sizes: BatchSizes,
): BatchInputs<Stage> {
  const declared = Object.entries(batchTensors[stage]).map(([name, { dtype, shape }]) => [
    name,
    declareInput(graph, name, shape(sizes), dtype),
  ]);
  return Object.fromEntries(declared) as BatchInputs<Stage>;
}
