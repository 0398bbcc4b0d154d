import type { TensorValue } from "@insightgraph/engine/node";
import {
  ddimMove,
  ddimSteps,
  editUnet,
  type GuidanceRow,
  guidanceRows,
  normalArray,
  scaledLinearSchedule,
  stableDiffusionNoise,
  toSinglePrecision,
} from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { floatsOf, tensorOf } from "../model/tensor-of.ts";
import type { ImageCondition } from "../model-port-types.ts";
import type { Latent } from "./latent.ts";

export interface SampleInputs {
  readonly source: Latent;
  readonly condition: TensorValue;
  readonly visual: TensorValue;
  readonly imageCondition?: ImageCondition | undefined;
}

export interface SampleSettings {
  readonly steps: number;
  readonly textGuidance: number;
  readonly imageGuidance: number;
  readonly seed: number;
}

export interface SampleHooks {
  readonly signal: AbortSignal;
  onStep(done: number, latent: Latent): void;
}

/** Rows one under the other. Shapes: n x [1, ..] -> [n, ..] */
function stack(rows: readonly Float32Array[], shape: readonly number[]): TensorValue {
  const size = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, index) => {
    data.set(row, index * size);
  });
  return { dtype: "float32", shape: [rows.length, ...shape.slice(1)], data };
}

const scalars = (values: readonly number[], rank: number): TensorValue => ({
  dtype: "float32",
  shape: [values.length, ...Array.from({ length: rank - 1 }, () => 1)],
  data: Float32Array.from(values),
});

/** What stays the same over all steps, one row for each part of the guidance. */
function conditioning(
  rows: readonly GuidanceRow[],
  { condition, visual, imageCondition }: SampleInputs,
  model: ModelComponent,
): Readonly<Record<string, TensorValue>> {
  const { imageTokens, crossAttentionDim } = model.config.unet;
  const empty = toSinglePrecision(model.weights, "bridges.null_text");
  const text = rows.map(({ hasText }) => (hasText ? floatsOf(condition) : empty));
  const tokens = imageCondition
    ? floatsOf(imageCondition.tokens)
    : new Float32Array(imageTokens * crossAttentionDim);
  const scale = imageCondition?.scale ?? 0;
  return {
    text: stack(text, condition.shape),
    image: stack(
      rows.map(() => tokens),
      [1, imageTokens, crossAttentionDim],
    ),
    imageScale: scalars(
      rows.map(({ hasText }) => (hasText ? scale : 0)),
      3,
    ),
    visual: stack(
      rows.map(() => floatsOf(visual)),
      visual.shape,
    ),
  };
}

/** Noise beside the source, or beside nothing. Shapes: [C, h, w] twice -> [2 C, h, w] */
function beside(sample: Float32Array, source: Float32Array): Float32Array {
  const both = new Float32Array(2 * sample.length);
  both.set(sample);
  both.set(source, sample.length);
  return both;
}

/**
 * Draws the edited latent by guided, deterministic DDIM; the network predicts the change from its source.
 * Shapes: source [1, C, h, w] -> [1, C, h, w]
 * Source: DDIM (arXiv:2010.02502); guidance of InstructPix2Pix (arXiv:2211.09800), eq. 3.
 */
export async function sampleEdit(
  context: OpenModel,
  model: ModelComponent,
  inputs: SampleInputs,
  settings: SampleSettings,
  { signal, onStep }: SampleHooks,
): Promise<Latent> {
  const rows = guidanceRows({ text: settings.textGuidance, image: settings.imageGuidance });
  const { tensor, colours } = inputs.source;
  const source = floatsOf(tensor);
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  const nothing = new Float32Array(source.length);
  const bases = rows.map(({ hasSource }) => (hasSource ? source : nothing));
  const fixed = conditioning(rows, inputs, model);
  const session = await openNetwork(context, model, editUnet, model.config.unet);
  const latentOf = (data: Float32Array): Latent => ({ tensor: { ...tensor, data }, colours });
  let sample: Float32Array = normalArray(source.length, settings.seed);
  const steps = ddimSteps(scaledLinearSchedule(stableDiffusionNoise), settings.steps);
  for (const [index, step] of steps.entries()) {
    signal.throwIfAborted();
    const found = await session.run({
      ...fixed,
      sample: stack(
        bases.map((base) => beside(sample, base)),
        [1, 2 * channels, height, width],
      ),
      timestep: scalars(
        rows.map(() => step.timestep),
        1,
      ),
    });
    const change = floatsOf(tensorOf(found, "output"));
    const clean = nothing.map((_, at) =>
      rows.reduce((sum, { share }, row) => {
        const base = bases[row] ?? nothing;
        return sum + share * ((base[at] ?? 0) + (change[row * source.length + at] ?? 0));
      }, 0),
    );
    sample = ddimMove(step, sample, clean);
    onStep(index + 1, latentOf(clean));
  }
  return latentOf(sample);
}
