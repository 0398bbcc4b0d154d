import {
  buildNetwork,
  checkFit,
  type DreamliteConfig,
  dreamliteUnet,
  type FlowSchedule,
  flowSampler,
  type GuidanceRow,
  linearShift,
  openFiles,
  parseDreamliteConfig,
  parseFlowSchedule,
  parseTinyAutoencoderConfig,
  torchNoise,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { unfitArgument } from "../../errors.ts";
import type { Denoiser, DenoiserInputs, OpenDenoiser, SolverOptions } from "../denoiser.ts";
import type { Companions } from "../family.ts";
import { layersOf } from "../layers-of.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { requireFlowInputs } from "../require-flow-inputs.ts";
import { scalarRows, stackRows } from "../stack-rows.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";
import { leftHalf, sideBySide } from "./side-by-side.ts";

interface DreamliteUnet extends Weighted {
  readonly config: DreamliteConfig;
  readonly schedule: FlowSchedule;
  /** Pixels a side of one latent pixel. */
  readonly latentStep: number;
}

/** A text's states, and those of the empty text, padded to one length. */
function textInputs(
  rows: readonly GuidanceRow[],
  { condition, negative }: DenoiserInputs,
): Readonly<Record<"text" | "mask", TensorValue>> {
  const width = condition.shape[2] ?? 0;
  const lengthOf = ({ shape }: TensorValue): number => shape[1] ?? 0;
  const used = rows.map(({ hasText }) => (hasText ? condition : (negative ?? condition)));
  const length = Math.max(...used.map(lengthOf));
  const text = new Float32Array(rows.length * length * width);
  const mask = new Float32Array(rows.length * length);
  used.forEach((value, row) => {
    text.set(floatsOf(value), row * length * width);
    mask.fill(1, row * length, row * length + lengthOf(value));
  });
  return {
    text: { dtype: "float32", shape: [rows.length, length, width], data: text },
    mask: { dtype: "float32", shape: [rows.length, length], data: mask },
  };
}

function requireChannels({ config }: DreamliteUnet, channels: number): void {
  const { inChannels, outChannels } = config;
  if (inChannels === channels && outChannels === channels) return;
  throw unfitArgument(
    "model",
    `it maps ${inChannels} channels to ${outChannels}, but the latent has ${channels}.`,
    "Encode with the autoencoder of the same checkpoint.",
  );
}

async function openDenoiser(
  opener: NetworkOpener,
  model: DreamliteUnet,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  { steps, scheduler }: SolverOptions,
): Promise<OpenDenoiser> {
  const { config: unet, schedule, latentStep } = model;
  const [, channels = 0, height = 0, width = 0] = inputs.source.tensor.shape;
  requireChannels(model, channels);
  requireFlowInputs(inputs, rows, scheduler, unet.textWidth);
  const source = floatsOf(inputs.source.tensor);
  const absent = new Float32Array(source.length);
  const texts = textInputs(rows, inputs);
  const size = [height, 2 * width] as const;
  const input = { unet, size, textTokens: texts.mask.shape[1] ?? 0 };
  const session = await openNetwork(opener, model, dreamliteUnet, input);
  const pixels: TensorValue = {
    dtype: "float32",
    shape: [rows.length, 2],
    data: Float32Array.from(rows.flatMap(() => [width * latentStep, height * latentStep])),
  };
  const tokens = Math.floor((height * width) / 4);
  return {
    sampler: flowSampler(schedule, steps, linearShift(schedule, tokens)),
    async predict(sample, timestep) {
      const both = rows.map(({ hasSource }) =>
        sideBySide(sample, hasSource ? source : absent, width),
      );
      const found = await session.run({
        ...texts,
        pixels,
        sample: stackRows(both, [1, channels, ...size]),
        timestep: scalarRows(
          rows.map(() => timestep),
          1,
        ),
      });
      return leftHalf(floatsOf(tensorOf(found, "output")), width);
    },
  };
}

const smallestInput = (unet: DreamliteConfig) => ({ unet, size: [16, 32], textTokens: 1 }) as const;

function dreamliteDenoiser(model: DreamliteUnet): Denoiser {
  return {
    readsSource: () => true,
    inInt8: () => dreamliteDenoiser({ ...model, inInt8: true }),
    noise: torchNoise,
    open: (opener, inputs, rows, options) => openDenoiser(opener, model, inputs, rows, options),
    lora: {
      part: "unet",
      layers: () => layersOf(buildNetwork(dreamliteUnet, smallestInput(model.config))),
      add: (lora) => dreamliteDenoiser({ ...model, loras: [...(model.loras ?? []), lora] }),
    },
  };
}

/**
 * Opens DreamLite's U-Net; reads only the headers of its files.
 * Throws: weights.*, config.*.
 * Source: diffusers' DreamLitePipeline.
 */
export function openDreamlite(
  { files, digest, config, configPath }: CheckpointComponent,
  { scheduler, vae }: Companions,
): Denoiser {
  const { encoderBlocks } = parseTinyAutoencoderConfig(vae?.config ?? {}, vae?.configPath);
  const usual = { _class_name: "FlowMatchEulerDiscreteScheduler", use_dynamic_shifting: true };
  const unet = parseDreamliteConfig(config, configPath);
  const weights = openFiles(files);
  checkFit(dreamliteUnet, smallestInput(unet), weights);
  return dreamliteDenoiser({
    digest,
    weights,
    // Convolutions are fast on weights that are laid out anew when they open, for which they must be wide.
    convertsOnce: true,
    config: unet,
    schedule: parseFlowSchedule(scheduler?.config ?? usual),
    latentStep: 2 ** (encoderBlocks.length - 1),
  });
}
