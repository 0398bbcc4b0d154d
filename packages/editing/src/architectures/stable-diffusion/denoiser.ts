import { createHash } from "node:crypto";
import {
  buildNetwork,
  createSampler,
  type GuidanceRow,
  ipAdapterKeys,
  type SchedulerConfig,
  stableDiffusionScheduler,
  torchNoise,
  type UnetConfig,
  unet2dCondition,
} from "@insightgraph/models";
import { unfitArgument } from "../../errors.ts";
import type { Denoiser, DenoiserInputs, OpenDenoiser, SolverOptions } from "../denoiser.ts";
import type { ImageAttention } from "../image-prompt.ts";
import { layersOf } from "../layers-of.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { besideEachOther, scalarRows, stackRows } from "../stack-rows.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";

/** A UNet in diffusers' layout. */
export interface Unet extends Weighted {
  readonly config: UnetConfig;
  /** The checkpoint's own scheduler, if it has one. */
  readonly scheduler: SchedulerConfig | undefined;
}

function negativeOf({ condition, negative }: DenoiserInputs): Float32Array {
  if (negative === undefined) {
    throw unfitArgument(
      "negative",
      "guidance needs an unconditional (negative) conditioning.",
      "Connect the condition of an empty text, or set both guidance scales to 1.",
    );
  }
  const [expected, received] = [condition, negative].map(({ shape }) => shape.join(" x "));
  if (expected === received) return floatsOf(negative);
  throw unfitArgument(
    "negative",
    `it has shape ${received}, but the condition has ${expected}.`,
    "Use the same text encoder for both.",
  );
}

/** Inputs that are equal in all steps, one row per guidance term. */
function conditioning(
  rows: readonly GuidanceRow[],
  inputs: DenoiserInputs,
): Readonly<Record<string, TensorValue>> {
  const { condition, visual, imageCondition } = inputs;
  const isGuided = rows.some(({ hasText }) => !hasText);
  const negative = isGuided ? negativeOf(inputs) : new Float32Array();
  const conditional = floatsOf(condition);
  const same = (value: TensorValue): TensorValue =>
    stackRows(
      rows.map(() => floatsOf(value)),
      value.shape,
    );
  return {
    text: stackRows(
      rows.map(({ hasText }) => (hasText ? conditional : negative)),
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

/** Number of source channels that the network reads besides the noisy ones. */
function sourceChannels({ config }: Unet, channels: number): number {
  const beside = config.inChannels - channels;
  if (config.outChannels === channels && (beside === 0 || beside === channels)) return beside;
  throw unfitArgument(
    "model",
    `it maps ${config.inChannels} channels to ${config.outChannels}, but the latent has ${channels}.`,
    `Use a network with ${channels} or ${2 * channels} input channels for this autoencoder.`,
  );
}

async function openUnet(
  opener: NetworkOpener,
  model: Unet,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  { steps, eta, scheduler = model.scheduler ?? stableDiffusionScheduler }: SolverOptions,
): Promise<OpenDenoiser> {
  const source = floatsOf(inputs.source.tensor);
  const [, channels = 0, height = 0, width = 0] = inputs.source.tensor.shape;
  const beside = sourceChannels(model, channels);
  const bases = rows.map(({ hasSource }) =>
    beside === 0 ? new Float32Array() : hasSource ? source : new Float32Array(source.length),
  );
  const { condition, visual, imageCondition } = inputs;
  const session = await openNetwork(opener, model, unet2dCondition, {
    unet: { ...model.config, sampleSize: [height, width] },
    textTokens: condition.shape[1] ?? 0,
    ...(imageCondition !== undefined && { imageTokens: imageCondition.tokens.shape[1] ?? 0 }),
    visual: visual !== undefined,
  });
  const fixed = conditioning(rows, inputs);
  return {
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

/** Source: IP-Adapter (arXiv:2308.06721), decoupled cross-attention. */
function withImageAttention(model: Unet, { digest, weights }: ImageAttention): Denoiser {
  const places = ipAdapterKeys(model.config);
  const added = [...weights].flatMap(([key, tensor]) => {
    const path = places.get(key);
    return path === undefined ? [] : [[path, tensor] as const];
  });
  const both = createHash("sha256").update(`${model.digest} ${digest}`).digest("hex");
  return unetDenoiser({ ...model, digest: both, weights: new Map([...model.weights, ...added]) });
}

/**
 * A UNet of the Stable Diffusion family; it reads the source latent if it has input channels for it.
 * Source: InstructPix2Pix (arXiv:2211.09800), section 3.2; diffusers' pipeline of that name.
 */
export function unetDenoiser(model: Unet): Denoiser {
  return {
    readsSource: (channels) => model.config.inChannels > channels,
    noise: torchNoise,
    open: (opener, inputs, rows, options) => openUnet(opener, model, inputs, rows, options),
    lora: {
      part: "unet",
      layers: () => layersOf(buildNetwork(unet2dCondition, { unet: model.config, textTokens: 1 })),
      add: (lora) => unetDenoiser({ ...model, loras: [...(model.loras ?? []), lora] }),
    },
    imagePrompt: {
      tokenWidth: model.config.crossAttentionDim,
      add: (attention) => withImageAttention(model, attention),
    },
  };
}
