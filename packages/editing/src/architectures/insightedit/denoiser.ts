import {
  checkFit,
  createSampler,
  editUnet,
  type GuidanceRow,
  type NoiseSource,
  noiseSchedule,
  normalArray,
  type Sampler,
  stableDiffusionNoise,
  toSinglePrecision,
  trailingDdim,
} from "@insightgraph/models";
import { unfitArgument } from "../../errors.ts";
import type { Denoiser, DenoiserInputs, OpenDenoiser, SolverOptions } from "../denoiser.ts";
import { type NetworkOpener, openNetwork } from "../open-network.ts";
import { requireConditions } from "../require-conditions.ts";
import { besideEachOther, scalarRows, stackRows } from "../stack-rows.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";
import type { InsightEditPart } from "./checkpoint.ts";

/** Inputs that are equal in all steps, one row per guidance term. */
function conditioning(
  rows: readonly GuidanceRow[],
  { source, condition, negative, visual, imageCondition }: DenoiserInputs,
  { config, weights }: InsightEditPart,
): Readonly<Record<string, TensorValue>> {
  const { imageTokens, crossAttentionDim, blockOutChannels } = config.unet;
  const empty = negative ? floatsOf(negative) : toSinglePrecision(weights, "bridges.null_text");
  const text = rows.map(({ hasText }) => (hasText ? floatsOf(condition) : empty));
  const tokens = imageCondition
    ? floatsOf(imageCondition.tokens)
    : new Float32Array(imageTokens * crossAttentionDim);
  const scale = imageCondition?.scale ?? 0;
  const [, , height = 0, width = 0] = source.tensor.shape;
  const visualShape = [1, blockOutChannels[0] ?? 0, height, width];
  const nothing = (): Float32Array =>
    new Float32Array(visualShape.reduce((product, size) => product * size, 1));
  const added = visual === undefined ? nothing() : floatsOf(visual);
  return {
    text: stackRows(text, condition.shape),
    image: stackRows(
      rows.map(() => tokens),
      [1, imageTokens, crossAttentionDim],
    ),
    imageScale: scalarRows(
      rows.map(({ hasText }) => (hasText ? scale : 0)),
      3,
    ),
    visual: stackRows(
      rows.map(() => added),
      visualShape,
    ),
  };
}

/** The network is of one size. Throws: argument.unfit at the input that does not fit. */
function requireSizes({ config: { unet } }: InsightEditPart, inputs: DenoiserInputs): void {
  const { sampleSize: side, inChannels, crossAttentionDim: width, blockOutChannels } = unet;
  const [found, wanted] = [
    inputs.source.tensor.shape.slice(1).join(" x "),
    `${inChannels / 2} x ${side} x ${side}`,
  ];
  if (found !== wanted) {
    const what = `it is made for latents of ${wanted}, but the source's is ${found}.`;
    throw unfitArgument("model", what, "Encode with the autoencoder of the same checkpoint.");
  }
  const visual = [blockOutChannels[0] ?? 0, side, side] as const;
  requireConditions(inputs, { ...unet, width, visual });
}

function samplerOf({ steps, eta, scheduler }: SolverOptions): Sampler {
  if (scheduler === undefined) return trailingDdim(noiseSchedule(stableDiffusionNoise), steps);
  return createSampler({ ...scheduler, prediction: "sample" }, { steps, eta });
}

/** Each draw of a seed gets different numbers. */
function noiseOf(seed: number): NoiseSource {
  let draws = 0;
  return (count) => normalArray(count, seed + 0x9e37_79b9 * draws++);
}

async function openEditUnet(
  opener: NetworkOpener,
  part: InsightEditPart,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  options: SolverOptions,
): Promise<OpenDenoiser> {
  const { tensor } = inputs.source;
  const source = floatsOf(tensor);
  const absent = new Float32Array(source.length);
  const bases = rows.map(({ hasSource }) => (hasSource ? source : absent));
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  requireSizes(part, inputs);
  const fixed = conditioning(rows, inputs, part);
  const session = await openNetwork(opener, part, editUnet, part.config.unet);
  return {
    sampler: samplerOf(options),
    async predict(sample, timestep) {
      const found = await session.run({
        ...fixed,
        sample: stackRows(
          bases.map((base) => besideEachOther(sample, base)),
          [1, 2 * channels, height, width],
        ),
        timestep: scalarRows(
          rows.map(() => timestep),
          1,
        ),
      });
      const change = floatsOf(tensorOf(found, "output"));
      return change.map((value, at) => {
        const base = bases[Math.floor(at / source.length)] ?? absent;
        return value + (base[at % source.length] ?? 0);
      });
    },
  };
}

/**
 * InsightEdit's own network, which predicts the clean latent as a change to the source.
 * Throws: weights.*.
 * Source: InsightEdit (arXiv:2411.17323), figure 3.
 */
export function editDenoiser(part: InsightEditPart): Denoiser {
  checkFit(editUnet, part.config.unet, part.weights, part.part);
  return {
    readsSource: () => true,
    noise: noiseOf,
    open: (opener, inputs, rows, options) => openEditUnet(opener, part, inputs, rows, options),
  };
}
