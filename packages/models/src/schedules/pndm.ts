import { cleanShares, noiseShares, type Prediction } from "./prediction.ts";
import type { SamplerStep } from "./sampler.ts";

/** A call of the network, and the step that its output and older ones make together. */
interface PndmCall {
  /** The timestep that the network gets. */
  readonly timestep: number;
  /** The step's own ends. */
  readonly from: number;
  readonly to: number;
  /** Shares of the outputs, newest first. */
  readonly outputs: readonly number[];
  /** Starts where the last step started. */
  readonly again: boolean;
}

/** Of one to four outputs, newest first. */
const adamsBashforth: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];

const rungeKutta = [1 / 6, 1 / 3, 1 / 3, 1 / 6] as const;
const rungeKuttaSteps = 3;

/** Shares of this call's output and of those before it, where only the counted calls have one. */
function multistepShares(call: number, counted: readonly number[]): readonly number[] {
  const used = [...counted.slice(-3), call].reverse();
  const shares = Array.from({ length: call - (used.at(-1) ?? call) + 1 }, () => 0);
  used.forEach((other, at) => {
    shares[call - other] = adamsBashforth[used.length - 1]?.[at] ?? 0;
  });
  return shares;
}

/**
 * Linear multistep calls. The second timestep is called twice: the first time to make the first step anew from both
 * of its ends, an output that counts in no later step.
 * Source: PLMS of Latent Diffusion (arXiv:2112.10752), after PNDM (arXiv:2202.09778), eq. 12.
 */
function multistepCalls(timesteps: readonly number[], gap: number): readonly PndmCall[] {
  const called = timesteps.flatMap((timestep, at) =>
    at === 1 ? [timestep, timestep] : [timestep],
  );
  return called.map((timestep, call) => {
    if (call === 1) {
      return { timestep, from: timestep + gap, to: timestep, outputs: [1 / 2, 1 / 2], again: true };
    }
    const counted = called.map((_, at) => at).filter((at) => at !== 1 && at < call);
    const outputs = multistepShares(call, counted);
    return { timestep, from: timestep, to: timestep - gap, outputs, again: false };
  });
}

/** Three Runge-Kutta steps of four calls each, then linear multistep. Source: PNDM (arXiv:2202.09778), eq. 13. */
function rungeKuttaCalls(timesteps: readonly number[], gap: number): readonly PndmCall[] {
  const half = Math.floor(gap / 2);
  const first = timesteps.slice(0, rungeKuttaSteps).flatMap((from, step) => {
    const [middle, end] = [(timesteps[step + 1] ?? 0) + half, timesteps[step + 1] ?? 0];
    const alone = (timestep: number, to: number, again: boolean): PndmCall => ({
      timestep,
      from,
      to,
      outputs: [1],
      again,
    });
    return [
      alone(from, from - half, false),
      alone(middle, middle, true),
      alone(middle, middle - half, true),
      { timestep: end, from, to: end, outputs: rungeKutta, again: true },
    ];
  });
  const starts = [0, 4, 8];
  const rest = timesteps.slice(rungeKuttaSteps).map((timestep, at) => {
    const call = first.length + at;
    const counted = [...starts, ...Array.from({ length: at }, (_, k) => first.length + k)];
    const outputs = multistepShares(call, counted);
    return { timestep, from: timestep, to: timestep - gap, outputs, again: false };
  });
  return [...first, ...rest];
}

/** What PNDM takes from a scheduler. */
export interface PndmOptions {
  readonly prediction: Prediction;
  readonly skipsRungeKutta: boolean;
  /** Training timesteps in one step. */
  readonly gap: number;
  /** Alpha bar of a timestep; below 0, where the last step ends. */
  alphaBarAt(timestep: number): number;
}

function pndmStep(
  call: PndmCall,
  { prediction, alphaBarAt }: PndmOptions,
  keep: number,
): SamplerStep {
  const [now, next, ofCall] = [call.from, call.to, call.timestep].map(alphaBarAt) as [
    number,
    number,
    number,
  ];
  const ofNoise = noiseShares(prediction, Math.sqrt(now), Math.sqrt(1 - now));
  const weight = (now - next) / (now * Math.sqrt(1 - next) + Math.sqrt(now * (1 - now) * next));
  return {
    timestep: call.timestep,
    inputScale: 1,
    clean: cleanShares(prediction, Math.sqrt(ofCall), Math.sqrt(1 - ofCall)),
    remembers: "output",
    keep,
    ...(call.again ? { start: { last: 1, memories: [] } } : {}),
    move: {
      start: Math.sqrt(next / now) + weight * ofNoise.sample,
      clean: 0,
      memories: call.outputs.map((share) => weight * ofNoise.output * share),
      noise: 0,
    },
  };
}

/** One step for each call of the network, of which there are more than timesteps. Source: PNDM (arXiv:2202.09778), eq. 11. */
export function pndmSteps(
  timesteps: readonly number[],
  options: PndmOptions,
): readonly SamplerStep[] {
  const callsOf = options.skipsRungeKutta ? multistepCalls : rungeKuttaCalls;
  const calls = callsOf(timesteps, options.gap);
  const keep = Math.max(...calls.map(({ outputs }) => outputs.length - 1));
  return calls.map((call) => pndmStep(call, options, keep));
}
