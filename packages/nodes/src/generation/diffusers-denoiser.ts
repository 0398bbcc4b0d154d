import { inputError, type TensorValue } from "@insightgraph/engine/node";
import {
  createSampler,
  type GuidanceRow,
  parseScheduler,
  type SchedulerConfig,
  unet2dCondition,
} from "@insightgraph/models";
import { type OpenModel, openNetwork } from "../model/component.ts";
import type { UnetPart } from "../model/diffusers-parts.ts";
import { floatsOf, tensorOf } from "../model/tensor-of.ts";
import type { Denoiser, DenoiserInputs, SamplerWish } from "./denoiser.ts";
import { besideEachOther, scalarRows, stackRows } from "./stack-rows.ts";

/** SD-1.5's own values, for a checkpoint that says nothing. */
const standard: SchedulerConfig = parseScheduler({
  _class_name: "DDIMScheduler",
  beta_schedule: "scaled_linear",
  beta_start: 0.00085,
  beta_end: 0.012,
  clip_sample: false,
  set_alpha_to_one: false,
  steps_offset: 1,
});

function negativeOf({ condition, negative }: DenoiserInputs): Float32Array {
  if (negative === undefined) {
    throw inputError("guidance needs to know what stands for no text.", {
      input: "negative",
      hint: "Connect the condition of an empty text, or set both guidances to 1.",
    });
  }
  const [wanted, found] = [condition, negative].map(({ shape }) => shape.join(" x "));
  if (wanted === found) return floatsOf(negative);
  throw inputError(`it is ${found}, the condition ${wanted}.`, {
    input: "negative",
    hint: "Make both with the same text encoder.",
  });
}

/** What stays the same over all steps, one row for each part of the guidance. */
function conditioning(
  rows: readonly GuidanceRow[],
  inputs: DenoiserInputs,
): Readonly<Record<string, TensorValue>> {
  const { condition, visual, imageCondition } = inputs;
  const isGuided = rows.some(({ hasText }) => !hasText);
  const negative = isGuided ? negativeOf(inputs) : new Float32Array();
  const told = floatsOf(condition);
  const same = (value: TensorValue): TensorValue =>
    stackRows(
      rows.map(() => floatsOf(value)),
      value.shape,
    );
  return {
    text: stackRows(
      rows.map(({ hasText }) => (hasText ? told : negative)),
      condition.shape,
    ),
    ...(visual === undefined ? {} : { visual: same(visual) }),
    ...(imageCondition === undefined
      ? {}
      : {
          image: same(imageCondition.tokens),
          imageScale: scalarRows(
            rows.map(({ hasText }) => (hasText ? imageCondition.scale : 0)),
            3,
          ),
        }),
  };
}

/** Latent channels that the network reads beside the noisy ones. */
function sourceChannels({ config }: UnetPart, channels: number): number {
  const beside = config.inChannels - channels;
  if (config.outChannels === channels && (beside === 0 || beside === channels)) return beside;
  throw inputError(
    `it reads ${config.inChannels} channels and gives ${config.outChannels}; the latent has ${channels}.`,
    {
      input: "model",
      hint: `Take a network of ${channels} or ${2 * channels} channels, made for this autoencoder.`,
    },
  );
}

/**
 * A UNet of Stable Diffusion's family, which reads the source latent beside the noisy one where it has room for it.
 * Source: InstructPix2Pix (arXiv:2211.09800), section 3.2; diffusers' pipeline of that name.
 */
export async function openDiffusersDenoiser(
  context: OpenModel,
  model: UnetPart,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  { steps, eta, scheduler = model.scheduler ?? standard }: SamplerWish,
): Promise<Denoiser> {
  const source = floatsOf(inputs.source.tensor);
  const [, channels = 0, height = 0, width = 0] = inputs.source.tensor.shape;
  const beside = sourceChannels(model, channels);
  const bases = rows.map(({ hasSource }) =>
    beside === 0 ? new Float32Array() : hasSource ? source : new Float32Array(source.length),
  );
  const { condition, visual, imageCondition } = inputs;
  const session = await openNetwork(context, model, unet2dCondition, {
    unet: { ...model.config, sampleSize: [height, width] },
    textTokens: condition.shape[1] ?? 0,
    ...(imageCondition === undefined ? {} : { imageTokens: imageCondition.tokens.shape[1] ?? 0 }),
    visual: visual !== undefined,
  });
  const fixed = conditioning(rows, inputs);
  return {
    rows,
    sampler: createSampler(scheduler, { steps, eta }),
    async predict(sample, timestep) {
      const found = await session.run({
        ...fixed,
        sample: stackRows(
          bases.map((base) => besideEachOther(sample, base)),
          [1, channels + beside, height, width],
        ),
        timestep: scalarRows(
          rows.map(() => timestep),
          1,
        ),
      });
      return floatsOf(tensorOf(found, "output"));
    },
  };
}
