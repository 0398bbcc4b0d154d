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
import { requireConditions } from "../require-conditions.ts";
import { besideEachOther, scalarRows, stackRows } from "../stack-rows.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";
import { latentMask } from "./latent-mask.ts";

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

/** Whether the network fills a mask: it reads the noisy latent, the mask and the hidden picture's latent. */
function isInpainting({ config }: Unet, channels: number): boolean {
  return config.inChannels === 2 * channels + 1 && config.outChannels === channels;
}

/** Number of channels that the network reads besides the noisy ones. Throws: argument.unfit at `model`. */
function besideChannels(model: Unet, channels: number): number {
  const { inChannels, outChannels } = model.config;
  const beside = inChannels - channels;
  const isKnown = beside === 0 || beside === channels || isInpainting(model, channels);
  if (outChannels === channels && isKnown) return beside;
  throw unfitArgument(
    "model",
    `it maps ${inChannels} channels to ${outChannels}, but the latent has ${channels}.`,
    `Use a network with ${channels}, ${2 * channels} or, to fill a mask, ${2 * channels + 1} input channels for this autoencoder.`,
  );
}

/** What each row reads besides the noisy latent. Throws: argument.unfit at `model` or `mask`. */
function baseOf(model: Unet, { source, mask }: DenoiserInputs): (row: GuidanceRow) => Float32Array {
  const values = floatsOf(source.tensor);
  const [, channels = 0, height = 0, width = 0] = source.tensor.shape;
  const beside = besideChannels(model, channels);
  if (beside === 0) return () => new Float32Array();
  if (!isInpainting(model, channels)) {
    const none = new Float32Array(values.length);
    return ({ hasSource }) => (hasSource ? values : none);
  }
  if (mask === undefined) {
    const hint = "Connect a mask, or use a network that edits without one.";
    throw unfitArgument("mask", "the network fills a mask, and none is given.", hint);
  }
  const { factor, shift } = source.scaling;
  const unit = values.map((value) => (value - shift) * factor);
  const both = besideEachOther(latentMask(mask, { width, height }), unit);
  return () => both;
}

/** The width of the text that the weights read. The config may say another one, which opening the network refuses. */
function textWidthOf({ weights, config }: Unet): number {
  const toKey = [...weights].find(([path]) => path.endsWith("attn2.to_k.weight"));
  return toKey?.[1].shape[1] ?? config.crossAttentionDim;
}

async function openUnet(
  opener: NetworkOpener,
  model: Unet,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  { steps, eta, scheduler = model.scheduler ?? stableDiffusionScheduler }: SolverOptions,
): Promise<OpenDenoiser> {
  const [, , height = 0, width = 0] = inputs.source.tensor.shape;
  const bases = rows.map(baseOf(model, inputs));
  const { condition, visual, imageCondition } = inputs;
  requireConditions(inputs, {
    width: textWidthOf(model),
    visual: [model.config.down[0]?.channels ?? 0, height, width],
  });
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
          [1, model.config.inChannels, height, width],
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
 * Source: InstructPix2Pix (arXiv:2211.09800), section 3.2; diffusers' pipelines of that name and for inpainting.
 */
export function unetDenoiser(model: Unet): Denoiser {
  return {
    readsSource: (channels) => model.config.inChannels === 2 * channels,
    fillsMask: (channels) => isInpainting(model, channels),
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
