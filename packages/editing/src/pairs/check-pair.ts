import { requireSameSize } from "../photographs/require-mask.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { sharpnessOf } from "./sharpness.ts";

/** What a pair is measured by. */
export interface PairLimits {
  /** Most mean difference outside of the mask, in 8-bit steps. */
  readonly outside: number;
  /** Least mean difference inside. */
  readonly inside: number;
  /** Least and most share of the picture that the mask takes. */
  readonly leastArea: number;
  readonly mostArea: number;
  /** Least sharpness of the source; 0: any. */
  readonly sharpness: number;
}

/** What was measured, and what is wrong by it. */
export interface PairCheck {
  /** Mean difference outside and inside of the mask, in 8-bit steps. */
  readonly outside: number;
  readonly inside: number;
  /** Share of the picture that the mask takes. */
  readonly area: number;
  readonly sharpness: number;
  /** One clause a fault. */
  readonly faults: readonly string[];
}

/** Mean difference of two pictures where a mask is set and where it is not. */
function differences(source: Picture, target: Picture, mask: Mask) {
  const sums = { inside: 0, outside: 0 };
  let count = 0;
  for (let at = 0; at < mask.data.length; at++) {
    const isInside = (mask.data[at] as number) > 0;
    const side = isInside ? "inside" : "outside";
    if (isInside) count++;
    for (let byte = 3 * at; byte < 3 * at + 3; byte++) {
      sums[side] += Math.abs((source.data[byte] as number) - (target.data[byte] as number));
    }
  }
  const pixels = mask.data.length;
  return {
    inside: sums.inside / Math.max(1, 3 * count),
    outside: sums.outside / Math.max(1, 3 * (pixels - count)),
    area: count / pixels,
  };
}

/**
 * Measures a pair without any model: whether the background stayed, the inside changed, the mask is sane and the source sharp.
 * Throws: argument.unfit at `target` or `mask` of another size.
 */
export function checkPair(
  source: Picture,
  target: Picture,
  mask: Mask,
  limits: PairLimits,
): PairCheck {
  requireSameSize(source, target, "target");
  requireSameSize(source, mask, "mask");
  const { inside, outside, area } = differences(source, target, mask);
  const sharpness = sharpnessOf(source);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const faults = [
    area === 0 && "the mask is empty",
    area > 0 && area < limits.leastArea && `the mask takes only ${percent(area)} of the picture`,
    area > limits.mostArea && `the mask takes ${percent(area)} of the picture`,
    outside > limits.outside && `the background changed by ${outside.toFixed(2)} on average`,
    area > 0 && inside < limits.inside && `inside the mask only ${inside.toFixed(2)} changed`,
    sharpness < limits.sharpness && `the picture is blurred (${sharpness.toFixed(1)})`,
  ].filter((fault) => fault !== false);
  return { inside, outside, area, sharpness, faults };
}
