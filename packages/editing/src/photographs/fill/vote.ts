import { type Level, patchRadius } from "./level.ts";
import type { Field } from "./patch-match.ts";

/** Mean error of the target patches. */
export function meanError({ targets, error }: Field): number {
  let sum = 0;
  for (const at of targets) sum += error[at] as number;
  return sum / Math.max(1, targets.length);
}

/** What a patch one pixel deeper in the hole weighs, as less of it is known. */
const trustLoss = 1 / 1.3;

/** How fast a patch loses weight with its error, in shares of twice the mean error. */
const sharpness = 0.5;

/** How much each target patch counts: near matches and patches at the rim more than others. */
export function weigh(field: Field, depth: Uint8Array): (target: number) => number {
  const scale = sharpness / (2 * meanError(field) + 1);
  return (target) => {
    const trust = trustLoss ** (depth[target] as number);
    return (Math.exp(-(field.error[target] as number) * scale) + 1e-8) * trust;
  };
}

/**
 * Paints the hole: each pixel is the mean of what the patches over it copy there, near matches and patches at the rim weighing more.
 * Source: Space-Time Completion of Video (Wexler, Shechtman, Irani 2007), eq. 4 and section 3.2 for the rim.
 */
export function vote({ width, pixels, hole, depth }: Level, field: Field): void {
  const { targets, nearest } = field;
  const weightOf = weigh(field, depth);
  const sums = new Float32Array(pixels.length);
  const weights = new Float32Array(hole.length);
  for (const target of targets) {
    const weight = weightOf(target);
    const source = nearest[target] as number;
    for (let dy = -patchRadius; dy <= patchRadius; dy++) {
      for (let dx = -patchRadius; dx <= patchRadius; dx++) {
        const to = target + dy * width + dx;
        if (hole[to] !== 1) continue;
        const from = 3 * (source + dy * width + dx);
        weights[to] = (weights[to] as number) + weight;
        for (let c = 0; c < 3; c++) {
          sums[3 * to + c] = (sums[3 * to + c] as number) + weight * (pixels[from + c] as number);
        }
      }
    }
  }
  for (let at = 0; at < hole.length; at++) {
    const weight = weights[at] as number;
    if (weight === 0) continue;
    for (let c = 0; c < 3; c++) {
      pixels[3 * at + c] = Math.round((sums[3 * at + c] as number) / weight);
    }
  }
}
