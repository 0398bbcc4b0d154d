import {
  checkFit,
  empiricalShift,
  type FlowSchedule,
  type Flux2Config,
  flowSampler,
  flux2Transformer,
  type GuidanceRow,
  openFiles,
  parseFlowSchedule,
  parseFlux2Config,
  torchNoise,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { unfitArgument } from "../../errors.ts";
import type { Denoiser, DenoiserInputs, OpenDenoiser, SolverOptions } from "../denoiser.ts";
import type { Companions } from "../family.ts";
import type { Latent } from "../latent.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { requireFlowInputs } from "../require-flow-inputs.ts";
import { scalarRows, stackRows } from "../stack-rows.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";

interface Flux2 extends Weighted {
  readonly config: Flux2Config;
  readonly schedule: FlowSchedule;
}

const sizeOf = ({ tensor }: Latent): readonly [number, number] => {
  const [, , height = 0, width = 0] = tensor.shape;
  return [height, width];
};

function requireChannels({ channels }: Flux2Config, { tensor }: Latent, argument: string): void {
  if (tensor.shape[1] === channels) return;
  throw unfitArgument(
    argument,
    `it reads ${channels} channels, but the latent has ${tensor.shape[1]}.`,
    "Encode with the autoencoder of the same checkpoint.",
  );
}

/** A text's states, and those of the empty text, one a row. */
function textRows(
  rows: readonly GuidanceRow[],
  { condition, negative = condition }: DenoiserInputs,
): TensorValue {
  if (negative.shape[1] !== condition.shape[1]) {
    throw unfitArgument(
      "negative",
      `it has ${negative.shape[1]} tokens, but the condition has ${condition.shape[1]}.`,
      "Read both texts for the same editor (comprehension.qwen-vl).",
    );
  }
  const texts = rows.map(({ hasText }) => floatsOf(hasText ? condition : negative));
  return stackRows(texts, condition.shape);
}

async function openDenoiser(
  opener: NetworkOpener,
  model: Flux2,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  { steps, scheduler }: SolverOptions,
): Promise<OpenDenoiser> {
  const { config: transformer, schedule } = model;
  const { source, references = [] } = inputs;
  requireChannels(transformer, source, "model");
  for (const reference of references) requireChannels(transformer, reference, "references");
  requireFlowInputs(inputs, rows, scheduler, transformer.textWidth);
  const text = textRows(rows, inputs);
  const size = sizeOf(source);
  const seen = [source, ...references];
  const input = {
    transformer,
    size,
    textTokens: text.shape[1] ?? 0,
    references: seen.map(sizeOf),
  };
  const session = await openNetwork(opener, model, flux2Transformer, input);
  const pictures = seen.map(({ tensor }, at): [string, TensorValue] => {
    const values = floatsOf(tensor);
    return [
      `reference.${at}`,
      stackRows(
        rows.map(() => values),
        tensor.shape,
      ),
    ];
  });
  const fixed = { text, ...Object.fromEntries(pictures) };
  return {
    sampler: flowSampler(schedule, steps, empiricalShift(size[0] * size[1], steps)),
    async predict(sample, timestep) {
      const found = await session.run({
        ...fixed,
        sample: stackRows(
          rows.map(() => sample),
          [1, transformer.channels, ...size],
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

function flux2Denoiser(model: Flux2): Denoiser {
  return {
    // The source is always seen: no row is guided without it.
    readsSource: () => false,
    readsReferences: true,
    inInt8: () => flux2Denoiser({ ...model, inInt8: true }),
    noise: torchNoise,
    open: (opener, inputs, rows, options) => openDenoiser(opener, model, inputs, rows, options),
  };
}

/**
 * Opens FLUX.2 [klein]'s transformer; reads only the headers of its files.
 * Throws: weights.*, config.*.
 * Source: diffusers' Flux2KleinPipeline.
 */
export function openFlux2(
  { files, digest, config, configPath }: CheckpointComponent,
  { scheduler }: Companions,
): Denoiser {
  const usual = { _class_name: "FlowMatchEulerDiscreteScheduler", use_dynamic_shifting: true };
  const transformer = parseFlux2Config(config, configPath);
  const weights = openFiles(files);
  const smallest = { transformer, size: [1, 1], textTokens: 1, references: [] } as const;
  checkFit(flux2Transformer, smallest, weights);
  return flux2Denoiser({
    digest,
    staysInFiles: true,
    weights,
    config: transformer,
    schedule: parseFlowSchedule(scheduler?.config ?? usual),
  });
}
