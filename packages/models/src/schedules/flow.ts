import { ModelError } from "../errors.ts";
import type { Sampler, SamplerStep } from "./sampler.ts";
import { fieldsOf, unsupported } from "./scheduler-config.ts";

/** A flow-matching checkpoint's `scheduler_config.json`. */
export interface FlowSchedule {
  /** Timesteps of training; a network reads sigma times this. */
  readonly trainSteps: number;
  /** How far steps crowd where the noise is strong, for every picture. */
  readonly shift: number;
  /** Where the shift follows from a picture's size: for two numbers of tokens. Undefined: it does not. */
  readonly dynamic:
    | {
        readonly tokens: readonly [number, number];
        readonly shifts: readonly [number, number];
      }
    | undefined;
}

/** The class whose configs are read here. */
export const flowSchedulerClass = "FlowMatchEulerDiscreteScheduler";

const absent = [
  "invert_sigmas",
  "use_karras_sigmas",
  "use_exponential_sigmas",
  "use_beta_sigmas",
  "stochastic_sampling",
] as const;

/**
 * Reads a flow-matching checkpoint's `scheduler_config.json`.
 * Throws: schedule.value, schedule.unsupported.
 * Source: diffusers' FlowMatchEulerDiscreteScheduler.
 */
export function parseFlowSchedule(json: Readonly<Record<string, unknown>>): FlowSchedule {
  const read = fieldsOf(json);
  read.choice("_class_name", [flowSchedulerClass], flowSchedulerClass);
  read.choice("time_shift_type", ["exponential"], "exponential");
  const wanted = absent.find((name) => read.flag(name, false));
  if (wanted !== undefined) throw unsupported(wanted, true, "Straight flows alone are supported.");
  if (read.optional("shift_terminal") !== undefined) {
    throw unsupported(
      "shift_terminal",
      json["shift_terminal"],
      "A flow ends at the clean picture.",
    );
  }
  const dynamic = {
    tokens: [read.whole("base_image_seq_len", 256, 1), read.whole("max_image_seq_len", 4096, 1)],
    shifts: [read.number("base_shift", 0.5), read.number("max_shift", 1.15)],
  } as const;
  return {
    trainSteps: read.whole("num_train_timesteps", 1000, 1),
    shift: read.number("shift", 1),
    dynamic: read.flag("use_dynamic_shifting", false) ? dynamic : undefined,
  };
}

/**
 * The dynamic shift of a picture: on the line through the schedule's two; undefined where the schedule has none.
 * Source: diffusers' calculate_shift.
 */
export function linearShift({ dynamic }: FlowSchedule, tokens: number): number | undefined {
  if (dynamic === undefined) return undefined;
  const [[from, to], [low, high]] = [dynamic.tokens, dynamic.shifts];
  return low + ((tokens - from) * (high - low)) / (to - from);
}

/**
 * FLUX.2's own dynamic shift, which was fitted at 10 and 200 steps: large pictures take the same at every number of steps.
 * Source: diffusers' Flux2KleinPipeline, compute_empirical_mu.
 */
export function empiricalShift(tokens: number, steps: number): number {
  const atMany = 0.00016927 * tokens + 0.45666666;
  if (tokens > 4300) return atMany;
  const atFew = 8.73809524e-5 * tokens + 1.89833333;
  return atMany + ((atMany - atFew) * (steps - 200)) / 190;
}

/** Where each step begins, and 0 at the end. Single precision as in the reference: a network reads these. */
function sigmasOf(
  { shift, dynamic }: FlowSchedule,
  steps: number,
  dynamicShift: number | undefined,
): readonly number[] {
  // exp(mu) / (exp(mu) + 1 / s - 1) is the fixed shift's formula with exp(mu) in its place.
  const factor = dynamic === undefined ? shift : Math.exp(dynamicShift ?? 0);
  const even = Array.from({ length: steps }, (_, at) => 1 - at / steps);
  return [...even.map((s) => Math.fround((factor * s) / (1 + (factor - 1) * s))), 0];
}

/**
 * Euler's steps along a straight flow from noise to the picture; a network predicts the velocity, noise less picture.
 * @param dynamicShift Of the picture, where the schedule is dynamic.
 * Throws: schedule.steps.
 * Source: Rectified Flow (arXiv:2209.03003), section 2.1; shift as in Stable Diffusion 3 (arXiv:2403.03206), eq. 23.
 */
export function flowSampler(schedule: FlowSchedule, steps: number, dynamicShift?: number): Sampler {
  if (!Number.isInteger(steps) || steps < 1 || steps > schedule.trainSteps) {
    throw new ModelError("schedule.steps", `a flow cannot take ${steps} steps.`, {
      at: "steps",
      hint: `Take a whole number from 1 to ${schedule.trainSteps}.`,
    });
  }
  const sigmas = sigmasOf(schedule, steps, dynamicShift);
  const stepOf = (sigma: number, to: number): SamplerStep => ({
    timestep: Math.fround(sigma * schedule.trainSteps),
    inputScale: 1,
    clean: { sample: 1, output: -sigma },
    remembers: "clean",
    keep: 0,
    // x + v (to - sigma), where v = (x - x0) / sigma
    move: { start: to / sigma, clean: 1 - to / sigma, memories: [], noise: 0 },
  });
  const made = sigmas.slice(0, -1).map((sigma, at) => stepOf(sigma, sigmas[at + 1] ?? 0));
  return { steps: made, initialNoiseScale: 1 };
}
