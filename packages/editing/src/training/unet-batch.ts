import {
  type NoiseOptions,
  noiseSchedule,
  normalArray,
  type UnetBatch,
  uniformFrom,
} from "@insightgraph/models";
import type { Autoencoder } from "../architectures/autoencoder.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { scalarRows, stackRows } from "../architectures/stack-rows.ts";
import { floatsOf } from "../architectures/tensor.ts";
import type { TextEncoder } from "../architectures/text-encoder.ts";
import { resizePicture } from "../pictures/planes.ts";
import type { TrainingExample } from "./training-pairs.ts";

/** The frozen networks that prepare a batch. */
export interface FrozenParts {
  readonly opener: NetworkOpener;
  readonly autoencoder: Autoencoder;
  readonly textEncoder: TextEncoder;
}

/** Which examples a batch is made of, and for which step. */
export interface UnetRows {
  readonly examples: readonly TrainingExample[];
  /** Side of the pictures in pixels. */
  readonly side: number;
  /** Seeds noise, timesteps and what is left out. */
  readonly seed: number;
}

/**
 * Share of rows without the text, as many without the source, and as many without both, so that guidance works.
 * Source: InstructPix2Pix (arXiv:2211.09800), section 3.2.1.
 */
const dropShare = 0.05;

interface EncodedRow {
  readonly target: Float32Array;
  readonly source: Float32Array;
  readonly text: Float32Array;
}

/** Latents and condition of an edit; what is dropped is zeros and the empty text. */
async function encodeRow(
  { opener, autoencoder, textEncoder }: FrozenParts,
  { source, target, instruction }: TrainingExample,
  side: number,
  drop: number,
): Promise<EncodedRow & { readonly latent: readonly number[]; readonly words: readonly number[] }> {
  const encode = (picture: TrainingExample["source"]) =>
    autoencoder.encode(opener, resizePicture(picture, side, side), side);
  const [before, after] = [await encode(source), await encode(target)];
  const isWordless = drop < dropShare || (drop >= 2 * dropShare && drop < 3 * dropShare);
  const isBlind = drop >= dropShare && drop < 3 * dropShare;
  const text = await textEncoder.encode(opener, isWordless ? "" : instruction);
  const base = floatsOf(before.tensor);
  const { factor, shift } = after.scaling;
  return {
    target: floatsOf(after.tensor).map((value) => (value - shift) * factor),
    source: isBlind ? new Float32Array(base.length) : base,
    text: floatsOf(text),
    latent: after.tensor.shape,
    words: text.shape,
  };
}

/** The batch of one training step, a function of its examples and its seed alone. */
export async function unetBatch(
  parts: FrozenParts,
  { examples, side, seed }: UnetRows,
  options: NoiseOptions,
): Promise<UnetBatch> {
  const uniform = uniformFrom(seed * 7919 + 17);
  const { alphaBars } = noiseSchedule(options);
  const timesteps = examples.map(() => Math.floor(uniform() * alphaBars.length));
  const rows: Awaited<ReturnType<typeof encodeRow>>[] = [];
  for (const example of examples) rows.push(await encodeRow(parts, example, side, uniform()));
  const { latent = [], words = [] } = rows[0] ?? {};
  const count = latent.reduce((product, size) => product * size, 1);
  const noise = normalArray(rows.length * count, seed * 104_729);
  const perRow = (value: (alphaBar: number) => number) =>
    scalarRows(
      timesteps.map((timestep) => value(alphaBars[timestep] ?? 0)),
      4,
    );
  return {
    target: stackRows(
      rows.map(({ target }) => target),
      latent,
    ),
    source: stackRows(
      rows.map(({ source }) => source),
      latent,
    ),
    text: stackRows(
      rows.map(({ text }) => text),
      words,
    ),
    noise: { dtype: "float32", shape: [rows.length, ...latent.slice(1)], data: noise },
    timestep: scalarRows(timesteps, 1),
    signal: perRow((alphaBar) => Math.sqrt(alphaBar)),
    spread: perRow((alphaBar) => Math.sqrt(1 - alphaBar)),
  };
}
