import {
  type GuidanceRow,
  guidanceRows,
  guide,
  type NoiseSource,
  predictClean,
  rescaleGuidance,
  type SchedulerConfig,
  scaleInput,
  startSampling,
  takeStep,
} from "@insightgraph/models";
import type { Denoiser, DenoiserInputs } from "../architectures/denoiser.ts";
import { fromUnit, type Latent } from "../architectures/latent.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { floatsOf, requireFinite } from "../architectures/tensor.ts";
import { unfitArgument } from "../errors.ts";

/** How a latent is sampled. */
export interface SampleSettings {
  readonly steps: number;
  /** Guidance scale of the text. @default 1, as trained */
  readonly textGuidance?: number;
  /** Guidance scale of the source picture. @default 1, as trained */
  readonly imageGuidance?: number;
  /** How far to reduce the excess contrast of strong guidance, 0 to 1. @default 0 */
  readonly guidanceRescale?: number;
  /** Noise that DDIM adds at each step, 0 to 1. @default 0 */
  readonly eta?: number;
  readonly seed: number;
  /** Scale of the initial noise, 0 to 1. @default 1 */
  readonly noiseScale?: number;
  /** @default that of the checkpoint */
  readonly scheduler?: SchedulerConfig | undefined;
}

/** Cancellation, progress and randomness of sampling. */
export interface SampleHooks {
  readonly signal?: AbortSignal;
  /** @param latent The clean latent predicted at this step. */
  onStep?(done: number, total: number, latent: Latent): void;
  /** Source of all random numbers. @default the denoiser's own, from the seed */
  readonly noise?: NoiseSource;
}

/** Rows of the guided batch. A network that does not read the source is guided by the text alone. */
function rowsFor(
  denoiser: Denoiser,
  { textGuidance: text = 1, imageGuidance = 1 }: SampleSettings,
  channels: number,
): readonly GuidanceRow[] {
  return guidanceRows({ text, image: denoiser.readsSource(channels) ? imageGuidance : 1 });
}

/** Combines the rows' predictions and rescales the result. */
function combine(
  rows: readonly GuidanceRow[],
  predictions: Float32Array,
  rescale: number,
): Float32Array {
  const guided = guide(rows, predictions);
  const length = predictions.length / rows.length;
  const conditional = rows.findIndex(({ hasText }) => hasText);
  if (rescale === 0 || conditional < 0) return guided;
  const start = conditional * length;
  return rescaleGuidance(guided, predictions.subarray(start, start + length), rescale);
}

/**
 * Samples the edited latent from noise, guided by text and source.
 * Shapes: source [1, C, h, w] -> [1, C, h, w]
 * Throws: argument.unfit at the input that does not fit, sampling.not-finite, which names the step.
 * Source: InstructPix2Pix (arXiv:2211.09800), eq. 3.
 */
export async function sampleLatent(
  opener: NetworkOpener,
  denoiser: Denoiser,
  inputs: DenoiserInputs,
  settings: SampleSettings,
  { signal, onStep, noise = denoiser.noise(settings.seed) }: SampleHooks = {},
): Promise<Latent> {
  const { source, mask, references = [] } = inputs;
  const values = floatsOf(source.tensor);
  if (mask !== undefined && denoiser.fillsMask?.(source.tensor.shape[1] ?? 0) !== true) {
    const hint = "Use an inpainting checkpoint, or disconnect the mask and blend the result.";
    throw unfitArgument("mask", "the network does not fill masks.", hint);
  }
  if (references.length > 0 && denoiser.readsReferences !== true) {
    const hint =
      "Use a network that sees several pictures, such as FLUX.2 [klein], or disconnect them.";
    throw unfitArgument("references", "the network sees no picture beside the source.", hint);
  }
  requireFinite(values, "the source latent");
  const { steps, eta = 0, scheduler, guidanceRescale = 0, noiseScale } = settings;
  const rows = rowsFor(denoiser, settings, source.tensor.shape[1] ?? 0);
  const open = await denoiser.open(opener, inputs, rows, { steps, eta, scheduler });
  const { sampler } = open;
  let state = startSampling(sampler, noise(values.length), noiseScale);
  for (const [index, step] of sampler.steps.entries()) {
    signal?.throwIfAborted();
    const predictions = await open.predict(scaleInput(step, state.sample), step.timestep);
    const output = combine(rows, predictions, guidanceRescale);
    const clean = predictClean(step, state.sample, output);
    state = takeStep(step, state, output, noise);
    requireFinite(state.sample, `the latent of step ${index + 1} of ${sampler.steps.length}`);
    onStep?.(index + 1, sampler.steps.length, fromUnit(source, clean));
  }
  return fromUnit(source, state.sample);
}
