import { setImmediate } from "node:timers/promises";
import { type Level, patchRadius } from "./level.ts";
import type { Field } from "./patch-match.ts";
import { weigh } from "./vote.ts";

/** How much a pixel keeps to its own colour, where each step to a neighbour counts 1. */
const colourPull = 0.003;
const rounds = 80;
/** How far each round goes, in shares of the way to the equation's solution. */
const relaxation = 1.8;

/** Steps of colour from each pixel to the one on its right and the one below it. Shapes: steps [2, H, W, 3]; weights [2, H, W] */
interface VotedSteps {
  readonly steps: Float32Array;
  readonly weights: Float32Array;
}

/** Means of the steps that the patches over two neighbours copy, where at least one of the two lies in the hole. */
function voteSteps({ width, pixels, hole, depth }: Level, field: Field): VotedSteps {
  const steps = new Float32Array(6 * hole.length);
  const weights = new Float32Array(2 * hole.length);
  const weightOf = weigh(field, depth);
  const add = (axis: 0 | 1, to: number, from: number, weight: number): void => {
    const stride = axis === 0 ? 1 : width;
    if (hole[to] === 0 && hole[to + stride] === 0) return;
    const place = axis * hole.length + to;
    weights[place] = (weights[place] as number) + weight;
    for (let c = 0; c < 3; c++) {
      const step = (pixels[3 * (from + stride) + c] as number) - (pixels[3 * from + c] as number);
      steps[3 * place + c] = (steps[3 * place + c] as number) + weight * step;
    }
  };
  for (const target of field.targets) {
    const weight = weightOf(target);
    const source = field.nearest[target] as number;
    for (let dy = -patchRadius; dy <= patchRadius; dy++) {
      for (let dx = -patchRadius; dx <= patchRadius; dx++) {
        const away = dy * width + dx;
        if (dx < patchRadius) add(0, target + away, source + away, weight);
        if (dy < patchRadius) add(1, target + away, source + away, weight);
      }
    }
  }
  for (const [at, sum] of steps.entries()) {
    steps[at] = sum / Math.max(Number.MIN_VALUE, weights[Math.floor(at / 3)] as number);
  }
  return { steps, weights };
}

/** For each pixel of the hole: its neighbours, or -1; what the steps from them add up to; and how many they are. */
interface Equations {
  readonly places: Int32Array;
  readonly neighbours: Int32Array;
  readonly sums: Float32Array;
  readonly counts: Uint8Array;
}

function equationsOf({ width, hole }: Level, { steps, weights }: VotedSteps): Equations {
  const places = Int32Array.from(hole.keys()).filter((at) => hole[at] === 1);
  const neighbours = new Int32Array(4 * places.length).fill(-1);
  const sums = new Float32Array(3 * places.length);
  const counts = new Uint8Array(places.length);
  for (const [i, at] of places.entries()) {
    const add = (near: number, step: number, sign: 1 | -1): void => {
      if (near < 0 || (weights[step] ?? 0) === 0) return;
      neighbours[4 * i + (counts[i] as number)] = near;
      counts[i] = (counts[i] as number) + 1;
      for (let c = 0; c < 3; c++) {
        sums[3 * i + c] = (sums[3 * i + c] as number) + sign * (steps[3 * step + c] as number);
      }
    };
    const isLast = at % width === width - 1;
    if (at % width > 0) add(at - 1, at - 1, 1);
    if (!isLast) add(at + 1, at, -1);
    add(at - width, hole.length + at - width, 1);
    if (at + width < hole.length) add(at + width, hole.length + at, -1);
  }
  return { places, neighbours, sums, counts };
}

/** One round of successive over-relaxation; colours change in place. */
function relax(pixels: Uint8Array, colours: Float32Array, equations: Equations): void {
  const { places, neighbours, sums, counts } = equations;
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    const count = counts[i] as number;
    for (let c = 0; c < 3; c++) {
      let sum = colourPull * (pixels[3 * at + c] as number) + (sums[3 * i + c] as number);
      for (let n = 4 * i; n < 4 * i + count; n++) {
        sum += colours[3 * (neighbours[n] as number) + c] as number;
      }
      const old = colours[3 * at + c] as number;
      colours[3 * at + c] = old + relaxation * (sum / (colourPull + count) - old);
    }
  }
}

/**
 * Removes seams of a filled hole: its colours come to differ from pixel to pixel as they do in the patches, and go over
 * into what is around. Large areas keep their colours.
 * Source: screened Poisson equation, as in Image Melding (Darabi et al. 2012), section 3.
 */
export async function blendGradients(
  level: Level,
  field: Field,
  signal?: AbortSignal,
): Promise<void> {
  const { pixels } = level;
  const equations = equationsOf(level, voteSteps(level, field));
  const colours = Float32Array.from(pixels);
  for (let round = 0; round < rounds; round++) {
    relax(pixels, colours, equations);
    await setImmediate();
    signal?.throwIfAborted();
  }
  for (const at of equations.places) {
    for (let c = 0; c < 3; c++) {
      pixels[3 * at + c] = Math.min(255, Math.max(0, Math.round(colours[3 * at + c] as number)));
    }
  }
}
