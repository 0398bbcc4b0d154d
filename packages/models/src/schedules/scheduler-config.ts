import { closest } from "fastest-levenshtein";
import { ModelError } from "../errors.ts";
import { type BetaShape, betaShapes, type NoiseOptions } from "./noise-schedule.ts";
import { type Prediction, predictions } from "./prediction.ts";
import { type FinalSigma, finalSigmas, type SigmaSpread } from "./sigmas.ts";
import { type Spacing, spacings } from "./timesteps.ts";

/** Samplers by name, with diffusers' class of each. */
export const samplerClasses = {
  ddim: "DDIMScheduler",
  ddpm: "DDPMScheduler",
  pndm: "PNDMScheduler",
  euler: "EulerDiscreteScheduler",
  "euler-ancestral": "EulerAncestralDiscreteScheduler",
  "dpm-solver++": "DPMSolverMultistepScheduler",
  unipc: "UniPCMultistepScheduler",
} as const;
/** A sampler that is built here. */
export type SamplerName = keyof typeof samplerClasses;

/** What a checkpoint's `scheduler_config.json` says, completed by the defaults of its class. */
export interface SchedulerConfig {
  readonly sampler: SamplerName;
  readonly noise: NoiseOptions;
  readonly prediction: Prediction;
  readonly spacing: Spacing;
  readonly stepsOffset: number;
  /** Predicted clean samples are cut to ± this. */
  readonly clip: number | undefined;
  /** DDIM and PNDM end without noise, not at the first timestep's level. */
  readonly endsClean: boolean;
  /** PNDM without its Runge-Kutta start. */
  readonly skipsRungeKutta: boolean;
  readonly variance: (typeof variances)[number];
  readonly sigmaSpread: SigmaSpread;
  readonly sigmaMin: number | undefined;
  readonly sigmaMax: number | undefined;
  readonly finalSigma: FinalSigma;
  readonly order: number;
  readonly solver: (typeof solvers)[number];
  readonly isStochastic: boolean;
  readonly lowersOrderAtEnd: boolean;
  readonly endsWithEuler: boolean;
  /** Timesteps whose log signal-to-noise ratio lies below this are not used. */
  readonly minLambda: number;
  /** Steps after which UniPC does not correct. */
  readonly uncorrected: readonly number[];
}

const variances = ["fixed_small", "fixed_small_log", "fixed_large"] as const;
const solvers = ["midpoint", "heun", "bh1", "bh2"] as const;
const algorithms = ["dpmsolver++", "sde-dpmsolver++"] as const;
type Fields = Readonly<Record<string, unknown>>;

/** Options that other samplers than these have, or that mean another kind of network. */
const unsupportedOptions: Readonly<Record<string, string>> = {
  thresholding: "Dynamic thresholding is for networks that draw pixels, not latents",
  use_beta_sigmas: "Choose karras, exponential or plain sigmas",
  use_lu_lambdas: "Choose karras, exponential or plain sigmas",
  use_flow_sigmas: "Flow-matching networks have another noise",
  use_dynamic_shifting: "Flow-matching networks have another noise",
  solver_p: "UniPC's own predictor is the one there is",
};

/** Options of which only one value is supported. */
const onlyValues: Readonly<Record<string, unknown>> = {
  timestep_type: "discrete",
  interpolation_type: "linear",
  predict_x0: true,
};

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

/** The error for an option of a schedule that is not supported. */
export function unsupported(key: string, value: unknown, hint: string): ModelError {
  return new ModelError("schedule.unsupported", `${shown(value)} is not supported.`, {
    at: key,
    hint,
  });
}

function wrong(key: string, value: unknown, wanted: string): ModelError {
  return new ModelError("schedule.value", `expected ${wanted}, found ${shown(value)}.`, {
    at: key,
    hint: "Correct it in the checkpoint's scheduler_config.json.",
  });
}

/** Typed reading of a config's keys; `null` counts as absent, as in diffusers. */
export function fieldsOf(fields: Fields) {
  const at = (key: string): unknown => fields[key] ?? undefined;
  return {
    number(key: string, fallback: number, min = Number.NEGATIVE_INFINITY): number {
      const value = at(key) ?? fallback;
      if (typeof value !== "number" || Number.isNaN(value) || value < min) {
        throw wrong(key, value, min > 0 ? `a number from ${min}` : "a number");
      }
      return value;
    },
    whole(key: string, fallback: number, min: number): number {
      const value = at(key) ?? fallback;
      if (!Number.isInteger(value) || (value as number) < min) {
        throw wrong(key, value, `a whole number from ${min}`);
      }
      return value as number;
    },
    optional(key: string): number | undefined {
      return at(key) === undefined ? undefined : this.number(key, 0, Number.MIN_VALUE);
    },
    flag(key: string, fallback: boolean): boolean {
      const value = at(key) ?? fallback;
      if (typeof value !== "boolean") throw wrong(key, value, "true or false");
      return value;
    },
    choice<const T extends string>(key: string, options: readonly T[], fallback: T): T {
      const value = at(key) ?? fallback;
      const found = options.find((option) => option === value);
      if (found === undefined) throw unsupported(key, value, `Choose ${options.join(", ")}.`);
      return found;
    },
    numbers(key: string): readonly number[] | undefined {
      const value = at(key);
      if (value === undefined) return undefined;
      if (!Array.isArray(value) || !value.every((item) => Number.isFinite(item))) {
        throw wrong(key, value, "a list of numbers");
      }
      return value;
    },
  };
}

type Reader = ReturnType<typeof fieldsOf>;

function samplerOf(fields: Fields): SamplerName {
  const given = fields["_class_name"];
  const found = Object.entries(samplerClasses).find(([, name]) => name === given);
  if (found !== undefined) return found[0] as SamplerName;
  const names = Object.values(samplerClasses);
  const nearest = typeof given === "string" ? ` Did you mean ${closest(given, names)}?` : "";
  throw new ModelError("schedule.unknown", `there is no scheduler ${shown(given)}.`, {
    at: "_class_name",
    hint: `There are ${names.join(", ")}.${nearest}`,
  });
}

function noiseOf(read: Reader): NoiseOptions {
  const betas = read.numbers("trained_betas");
  return {
    steps: betas?.length ?? read.whole("num_train_timesteps", 1000, 1),
    betaStart: read.number("beta_start", 0.0001, Number.MIN_VALUE),
    betaEnd: read.number("beta_end", 0.02, Number.MIN_VALUE),
    shape: read.choice<BetaShape>("beta_schedule", betaShapes, "linear"),
    betas,
    zeroTerminalSnr: read.flag("rescale_betas_zero_snr", false),
    isSingle: true,
  };
}

function sigmaSpreadOf(read: Reader): SigmaSpread {
  const chosen = (["karras", "exponential"] as const).filter((spread) =>
    read.flag(`use_${spread}_sigmas`, false),
  );
  if (chosen.length > 1) {
    throw unsupported("use_exponential_sigmas", true, "Karras or exponential sigmas, not both.");
  }
  return chosen[0] ?? "timesteps";
}

/** Names of solvers are carried from one class to another, where they mean nothing. */
function solverOf(fields: Fields, sampler: SamplerName): SchedulerConfig["solver"] {
  const [own, fallback] =
    sampler === "unipc"
      ? ([["bh1", "bh2"], "bh2"] as const)
      : ([["midpoint", "heun"], "midpoint"] as const);
  const found = own.find((name) => name === fields["solver_type"]);
  if (found !== undefined) return found;
  const isForeign = [...solvers, "logrho", null, undefined].some(
    (x) => x === fields["solver_type"],
  );
  if (isForeign) return fallback;
  throw unsupported("solver_type", fields["solver_type"], `Choose ${own.join(", ")}.`);
}

function predictionOf(read: Reader, sampler: SamplerName): Prediction {
  const found = read.choice<Prediction>("prediction_type", predictions, "epsilon");
  if (sampler !== "pndm" || found !== "sample") return found;
  throw unsupported("prediction_type", found, "PNDM needs epsilon or v_prediction.");
}

function orderOf(read: Reader): number {
  const order = read.whole("solver_order", 2, 1);
  if (order > 3) throw unsupported("solver_order", order, "Choose an order from 1 to 3.");
  return order;
}

function refuseUnsupported(fields: Fields): void {
  for (const [key, hint] of Object.entries(unsupportedOptions)) {
    const value = fields[key] ?? false;
    if (value !== false) throw unsupported(key, value, `${hint}.`);
  }
  for (const [key, only] of Object.entries(onlyValues)) {
    const value = fields[key] ?? only;
    if (value !== only) throw unsupported(key, value, `Only ${shown(only)} is supported.`);
  }
}

const isSigmaBased = (sampler: SamplerName): boolean =>
  sampler !== "ddim" && sampler !== "ddpm" && sampler !== "pndm";

/**
 * Latents are not bounded, so clipping predictions to ±1 spoils them. diffusers' DDIM and DDPM classes clip where a config
 * does not say, for networks that draw pixels; its Stable Diffusion pipeline switches that off, and so does this reader.
 */
const clipsByDefault = false;

/**
 * Reads a checkpoint's `scheduler_config.json`, optionally as another sampler's: keys that are written there are kept,
 * the others get the defaults of the sampler's class, but for `clip_sample`, which is false.
 * Throws: schedule.unknown, schedule.unsupported, schedule.value
 * Source: the constructors of diffusers 0.42's schedulers.
 */
export function parseScheduler(json: unknown, as?: SamplerName): SchedulerConfig {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw wrong("scheduler_config.json", json, "an object");
  }
  const fields = json as Fields;
  const sampler = as ?? samplerOf(fields);
  refuseUnsupported(fields);
  const read = fieldsOf(fields);
  const clips =
    (sampler === "ddim" || sampler === "ddpm") && read.flag("clip_sample", clipsByDefault);
  // "deis" is another class's; its solver is carried over as this one's.
  const algorithm = fields["algorithm_type"] === "deis" ? undefined : fields["algorithm_type"];
  const isStochastic =
    fieldsOf({ algorithm_type: algorithm }).choice("algorithm_type", algorithms, "dpmsolver++") ===
    "sde-dpmsolver++";
  return {
    sampler,
    noise: noiseOf(read),
    prediction: predictionOf(read, sampler),
    spacing: read.choice<Spacing>(
      "timestep_spacing",
      spacings,
      isSigmaBased(sampler) ? "linspace" : "leading",
    ),
    stepsOffset: read.whole("steps_offset", 0, 0),
    clip: clips ? read.number("clip_sample_range", 1, Number.MIN_VALUE) : undefined,
    endsClean: read.flag("set_alpha_to_one", sampler === "ddim"),
    skipsRungeKutta: read.flag("skip_prk_steps", false),
    variance:
      sampler === "ddpm" ? read.choice("variance_type", variances, "fixed_small") : "fixed_small",
    sigmaSpread: sigmaSpreadOf(read),
    sigmaMin: read.optional("sigma_min"),
    sigmaMax: read.optional("sigma_max"),
    finalSigma: read.choice<FinalSigma>("final_sigmas_type", finalSigmas, "zero"),
    order: orderOf(read),
    solver: solverOf(fields, sampler),
    isStochastic: sampler === "dpm-solver++" && isStochastic,
    lowersOrderAtEnd: read.flag("lower_order_final", true),
    endsWithEuler: read.flag("euler_at_final", false),
    minLambda: read.number("lambda_min_clipped", Number.NEGATIVE_INFINITY),
    uncorrected: read.numbers("disable_corrector") ?? [],
  };
}

/** DDIM over the noise of SD-1.5, for a checkpoint without a scheduler. Source: SD-1.5's own DDIM configuration. */
export const stableDiffusionScheduler: SchedulerConfig = parseScheduler({
  _class_name: "DDIMScheduler",
  beta_schedule: "scaled_linear",
  beta_start: 0.00085,
  beta_end: 0.012,
  set_alpha_to_one: false,
  steps_offset: 1,
});
