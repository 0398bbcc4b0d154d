import type { TensorValue } from "@insightgraph/engine/node";
import {
  createSampler,
  editUnet,
  type GuidanceRow,
  noiseSchedule,
  type Sampler,
  stableDiffusionNoise,
  toSinglePrecision,
  trailingDdim,
} from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { floatsOf, tensorOf } from "../model/tensor-of.ts";
import type { Denoiser, DenoiserInputs, SamplerWish } from "./denoiser.ts";
import { besideEachOther, scalarRows, stackRows } from "./stack-rows.ts";

/** What stays the same over all steps, one row for each part of the guidance. */
function conditioning(
  rows: readonly GuidanceRow[],
  { source, condition, negative, visual, imageCondition }: DenoiserInputs,
  { config, weights }: ModelComponent,
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

function samplerOf({ steps, eta, scheduler }: SamplerWish): Sampler {
  if (scheduler === undefined) return trailingDdim(noiseSchedule(stableDiffusionNoise), steps);
  return createSampler({ ...scheduler, prediction: "sample" }, { steps, eta });
}

/**
 * InsightEdit's own network, which predicts the clean latent as a change of its source.
 * Source: InsightEdit (arXiv:2411.17323), figure 3.
 */
export async function openInsightEditDenoiser(
  context: OpenModel,
  model: ModelComponent,
  inputs: DenoiserInputs,
  rows: readonly GuidanceRow[],
  wish: SamplerWish,
): Promise<Denoiser> {
  const { tensor } = inputs.source;
  const source = floatsOf(tensor);
  const nothing = new Float32Array(source.length);
  const bases = rows.map(({ hasSource }) => (hasSource ? source : nothing));
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  const fixed = conditioning(rows, inputs, model);
  const session = await openNetwork(context, model, editUnet, model.config.unet);
  return {
    rows,
    sampler: samplerOf(wish),
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
        const base = bases[Math.floor(at / source.length)] ?? nothing;
        return value + (base[at % source.length] ?? 0);
      });
    },
  };
}
