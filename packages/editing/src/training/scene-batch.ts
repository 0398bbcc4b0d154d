import {
  type AlignmentBatch,
  type DecodingBatch,
  type EditingBatch,
  type FloatTensor,
  type LabelTensor,
  noiseSchedule,
  normalArray,
  stableDiffusionNoise,
  type TensorValues,
  type TrainingStage,
  uniformFrom,
  unknownWord,
  type VisionBatch,
  type WordTokenizer,
} from "@insightgraph/models";
import type { Picture } from "../pictures/picture.ts";
import { resizePicture, toPlanes } from "../pictures/planes.ts";
import {
  type ComposeOptions,
  type Scene,
  type SceneComposer,
  sceneSize,
  tints,
  trainedObjects,
} from "../scenes.ts";
import type { TrainingExample } from "./training-pairs.ts";

/** What a state can be asked to name: an object of training, or the colour that one is painted. */
export const sceneKinds: number = trainedObjects + tints.length;

/** Shares of what is left out, so that guidance works and unknown words are tolerated; each 0 to 1. */
export interface DropRates {
  /** Rows without text, and without the image half. */
  readonly text: number;
  /** Rows without the source, all of them among those without text. */
  readonly source: number;
  /** Rows without the image half alone. */
  readonly image: number;
  /** Words read as unknown ones. */
  readonly words: number;
}

/** What the decoder learns from. */
export interface DecodingRows {
  /** Share of rows with a predicted latent instead of the target's, 0 to 1. */
  readonly predicted: number;
  /** Scale of the noise that predictions start from; that of inference. */
  readonly noiseScale: number;
}

/** What a batch of scenes is made for. */
export interface BatchOptions {
  readonly batch: number;
  /** Side of the pictures in pixels. */
  readonly pictureSize: number;
  /** Side of the grid of vision cells. */
  readonly grid: number;
  readonly latent: { readonly channels: number; readonly side: number };
  readonly stage: TrainingStage;
  /** False keeps the image half silent in every row: the ablation without it. */
  readonly hasAdapter: boolean;
  readonly drops: DropRates;
  readonly decoding: DecodingRows;
  readonly scenes: ComposeOptions;
}

const floats = (shape: readonly number[], data: Float32Array): FloatTensor => ({
  dtype: "float32",
  shape,
  data,
});

function planesOf(pictures: readonly Picture[], side: number): FloatTensor {
  const size = 3 * side ** 2;
  const data = new Float32Array(pictures.length * size);
  pictures.forEach((picture, index) => {
    toPlanes(resizePicture(picture, side, side).data, data, index * size);
  });
  return floats([pictures.length, 3, side, side], data);
}

/** Share of edited pixels in each square of a coarser grid. */
export function maskShares(mask: Uint8Array, side: number): Float32Array {
  const square = sceneSize / side;
  const shares = new Float32Array(side * side);
  mask.forEach((edited, at) => {
    if (edited === 0) return;
    const row = Math.floor(at / sceneSize / square);
    const cell = row * side + Math.floor((at % sceneSize) / square);
    shares[cell] = (shares[cell] as number) + edited / square ** 2;
  });
  return shares;
}

/** Which object stands over the centre of each cell; the last label is none. */
export function cellLabels(objects: Scene["objects"], grid: number): BigInt64Array {
  const cell = sceneSize / grid;
  return BigInt64Array.from({ length: grid * grid }, (_, at) => {
    const [x, y] = [((at % grid) + 0.5) * cell, (Math.floor(at / grid) + 0.5) * cell];
    const over = objects.find(
      ({ box }) =>
        x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height,
    );
    return BigInt(over?.index ?? sceneKinds);
  });
}

function joined(parts: readonly BigInt64Array[], shape: readonly number[]): LabelTensor {
  return { dtype: "int64", shape, data: BigInt64Array.from(parts.flatMap((part) => [...part])) };
}

const kindLabel = (index: number): bigint => BigInt(index < 0 ? sceneKinds : index);

/** The object to come, or the colour to be painted. */
const arrivalOf = ({ come, tint }: TrainingExample): number =>
  tint < 0 ? come : trainedObjects + tint;

/** Reads a share of the words as unknown. */
function dropWords(
  ids: BigInt64Array,
  unknownId: number,
  share: number,
  uniform: () => number,
): BigInt64Array {
  return ids.map((id) => (id !== 0n && uniform() < share ? BigInt(unknownId) : id));
}

const { alphaBars } = noiseSchedule(stableDiffusionNoise);

/**
 * Noise levels lean towards pure noise, where the picture is decided.
 */
function diffusionTensors(
  { batch, latent, hasAdapter, drops: rates }: BatchOptions,
  seed: number,
): Omit<EditingBatch, keyof AlignmentBatch | "mask"> {
  const uniform = uniformFrom(seed * 7919 + 17);
  const last = alphaBars.length - 1;
  const timesteps = Float32Array.from({ length: batch }, () =>
    Math.round(last * (1 - uniform() ** 3)),
  );
  const drops = Array.from({ length: batch }, uniform);
  const alphaBarOf = (timestep: number): number => alphaBars[timestep] ?? 0;
  const flags = (isKept: (drop: number) => boolean): Float32Array =>
    Float32Array.from(drops, (drop) => (isKept(drop) ? 1 : 0));
  const shape = [batch, latent.channels, latent.side, latent.side];
  return {
    noise: floats(shape, normalArray(batch * latent.channels * latent.side ** 2, seed * 104_729)),
    timestep: floats([batch], timesteps),
    signal: floats(
      [batch, 1, 1, 1],
      timesteps.map((t) => Math.sqrt(alphaBarOf(t))),
    ),
    spread: floats(
      [batch, 1, 1, 1],
      timesteps.map((t) => Math.sqrt(1 - alphaBarOf(t))),
    ),
    keepText: floats(
      [batch, 1, 1],
      flags((drop) => drop >= rates.text),
    ),
    keepSource: floats(
      [batch, 1, 1, 1],
      flags((drop) => drop >= rates.source),
    ),
    imageScale: floats(
      [batch, 1, 1],
      flags((drop) => hasAdapter && drop >= rates.text && drop < 1 - rates.image),
    ),
  };
}

/** Noise and the kind of latent for each row. */
function decodingTensors(
  { batch, latent, hasAdapter, decoding }: BatchOptions,
  seed: number,
): Omit<DecodingBatch, "source" | "target" | "ids"> {
  const uniform = uniformFrom(seed * 7919 + 17);
  const shape = [batch, latent.channels, latent.side, latent.side];
  const noise = normalArray(batch * latent.channels * latent.side ** 2, seed * 104_729);
  const perRow = (draw: () => number): Float32Array => Float32Array.from({ length: batch }, draw);
  return {
    noise: floats(
      shape,
      noise.map((value) => value * decoding.noiseScale),
    ),
    imageScale: floats(
      [batch, 1, 1],
      perRow(() => (hasAdapter ? 1 : 0)),
    ),
    isPredicted: floats(
      [batch, 1, 1, 1],
      perRow(() => (uniform() < decoding.predicted ? 1 : 0)),
    ),
  };
}

/**
 * The batch of one training step, a function of the step alone, so that training resumes where it stood.
 * @param pairs Stand in the first rows in place of scenes; undefined leaves a row its scene.
 */
export function sceneBatch(
  composer: SceneComposer,
  tokenizer: WordTokenizer,
  step: number,
  options: BatchOptions,
  pairs: readonly (TrainingExample | undefined)[] = [],
): TensorValues {
  const { batch, grid, latent, stage, pictureSize } = options;
  const scenes = Array.from({ length: batch }, (_, row): TrainingExample => {
    return pairs[row] ?? composer.compose(step * batch + row, "train", options.scenes);
  });
  const pictures = {
    source: planesOf(
      scenes.map(({ source }) => source),
      pictureSize,
    ),
    target: planesOf(
      scenes.map(({ target }) => target),
      pictureSize,
    ),
  };
  if (stage === "vision") {
    const shown = [
      ...scenes.map(({ objects }) => objects),
      ...scenes.map(({ targetObjects }) => targetObjects),
    ];
    const labels = shown.map((objects) => cellLabels(objects, grid));
    return {
      ...pictures,
      bothCells: joined(labels, [2 * batch, grid * grid]),
    } satisfies VisionBatch;
  }
  const shares = (side: number): Float32Array =>
    Float32Array.from(scenes.flatMap(({ mask }) => [...maskShares(mask, side)]));
  const uniform = uniformFrom(step * 6007 + 29);
  const unknownId = tokenizer.tokens.indexOf(unknownWord);
  const ids = scenes.map(({ instruction }) =>
    dropWords(tokenizer.encode(instruction), unknownId, options.drops.words, uniform),
  );
  const edits = { ...pictures, ids: joined(ids, [batch, ids[0]?.length ?? 0]) };
  if (stage === "decoding") {
    return { ...edits, ...decodingTensors(options, step) } satisfies DecodingBatch;
  }
  const common = {
    ...edits,
    gone: joined([BigInt64Array.from(scenes, ({ gone }) => kindLabel(gone))], [batch]),
    come: joined([BigInt64Array.from(scenes, (scene) => kindLabel(arrivalOf(scene)))], [batch]),
    cells: joined(
      scenes.map(({ objects }) => cellLabels(objects, grid)),
      [batch, grid * grid],
    ),
    where: floats([batch, grid * grid], shares(grid)),
  } satisfies AlignmentBatch;
  if (stage === "alignment") return common;
  const mask = floats([batch, 1, latent.side, latent.side], shares(latent.side));
  return { ...common, mask, ...diffusionTensors(options, step) } satisfies EditingBatch;
}
