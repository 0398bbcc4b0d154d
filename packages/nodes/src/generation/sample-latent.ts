import {
  guidanceRows,
  guide,
  type NoiseSource,
  normalArray,
  predictClean,
  rescaleGuidance,
  type SchedulerConfig,
  scaleInput,
  startSampling,
  takeStep,
  torchNoise,
} from "@insightgraph/models";
import type { ModelComponent, OpenModel } from "../model/component.ts";
import type { UnetPart } from "../model/diffusers-parts.ts";
import { floatsOf } from "../model/tensor-of.ts";
import type { Denoiser, DenoiserInputs } from "./denoiser.ts";
import { openDiffusersDenoiser } from "./diffusers-denoiser.ts";
import { openInsightEditDenoiser } from "./insightedit-denoiser.ts";
import { fromUnit, type Latent } from "./latent.ts";

export interface SampleSettings {
  readonly steps: number;
  readonly textGuidance: number;
  readonly imageGuidance: number;
  /** 0 leaves strong guidance as it is, 1 takes its excess contrast away. @default 0 */
  readonly guidanceRescale?: number;
  /** Noise that DDIM adds at each step. @default 0 */
  readonly eta?: number;
  readonly seed: number;
  /** Weight of the first noise, 0 to 1. @default 1 */
  readonly noiseScale?: number;
  /** @default as the network was made for */
  readonly scheduler?: SchedulerConfig | undefined;
}

export interface SampleHooks {
  readonly signal: AbortSignal;
  /** @param latent The clean latent as it is foreseen at this step. */
  onStep(done: number, total: number, latent: Latent): void;
  /** Where every random number comes from. @default the seed */
  readonly noise?: NoiseSource;
}

/** A network without a place for the source is guided by the text alone. */
function rowsFor(model: ModelComponent | UnetPart, settings: SampleSettings, channels: number) {
  const { textGuidance: text, imageGuidance } = settings;
  const readsSource = model.kind === "insightedit" || model.config.inChannels > channels;
  return guidanceRows({ text, image: readsSource ? imageGuidance : 1 });
}

/** A seed means the same as in diffusers; InsightEdit's own networks draw as they always did. */
function noiseFor({ kind }: ModelComponent | UnetPart, seed: number): NoiseSource {
  if (kind === "diffusers") return torchNoise(seed);
  let draws = 0;
  return (count) => normalArray(count, seed + 0x9e37_79b9 * draws++);
}

async function openDenoiser(
  context: OpenModel,
  model: ModelComponent | UnetPart,
  inputs: DenoiserInputs,
  settings: SampleSettings,
): Promise<Denoiser> {
  const { steps, eta = 0, scheduler } = settings;
  const rows = rowsFor(model, settings, inputs.source.tensor.shape[1] ?? 0);
  const wish = { steps, eta, scheduler };
  return model.kind === "insightedit"
    ? openInsightEditDenoiser(context, model, inputs, rows, wish)
    : openDiffusersDenoiser(context, model, inputs, rows, wish);
}

function guided({ rows }: Denoiser, predictions: Float32Array, amount: number): Float32Array {
  const mixed = guide(rows, predictions);
  const length = predictions.length / rows.length;
  const told = rows.findIndex(({ hasText }) => hasText);
  if (amount === 0 || told < 0) return mixed;
  return rescaleGuidance(mixed, predictions.subarray(told * length, (told + 1) * length), amount);
}

/**
 * Draws the edited latent from noise, guided by text and source.
 * Shapes: source [1, C, h, w] -> [1, C, h, w]
 * Source: InstructPix2Pix (arXiv:2211.09800), eq. 3.
 */
export async function sampleLatent(
  context: OpenModel,
  model: ModelComponent | UnetPart,
  inputs: DenoiserInputs,
  settings: SampleSettings,
  { signal, onStep, noise = noiseFor(model, settings.seed) }: SampleHooks,
): Promise<Latent> {
  const { source } = inputs;
  const denoiser = await openDenoiser(context, model, inputs, settings);
  const { steps } = denoiser.sampler;
  const latentOf = (data: Float32Array): Latent => fromUnit(source, data);
  const drawn = noise(floatsOf(source.tensor).length);
  let state = startSampling(denoiser.sampler, drawn, settings.noiseScale);
  for (const [index, step] of steps.entries()) {
    signal.throwIfAborted();
    const seen = scaleInput(step, state.sample);
    const predictions = await denoiser.predict(seen, step.timestep);
    const output = guided(denoiser, predictions, settings.guidanceRescale ?? 0);
    const clean = predictClean(step, state.sample, output);
    state = takeStep(step, state, output, noise);
    onStep(index + 1, steps.length, latentOf(clean));
  }
  return latentOf(state.sample);
}
