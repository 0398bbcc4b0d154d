import { type Box, intersectionOverUnion } from "../detector.ts";

/** Masks that a network offers for one prompt, above 0 where the object is. */
export interface OfferedMasks {
  /** Shapes: [masks, side, side] */
  readonly logits: Float32Array;
  readonly side: number;
  /** How good the network takes each to be. */
  readonly scores: Float32Array;
}

function extentOf(logits: Float32Array, side: number): Box | undefined {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (const [at, logit] of logits.entries()) {
    if (logit <= 0) continue;
    const [x, y] = [at % side, Math.floor(at / side)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}

/**
 * The mask that the network takes to be good and that fills a box best, where there is one: a part, the object and what it
 * belongs to are offered side by side. Undefined where none holds anything.
 * @param box In pixels of the masks.
 */
export function chooseMask(
  { logits, side, scores }: OfferedMasks,
  box: Box | undefined,
): Float32Array | undefined {
  let best: { readonly mask: Float32Array; readonly worth: number } | undefined;
  for (const [at, score] of scores.entries()) {
    const mask = logits.subarray(at * side * side, (at + 1) * side * side);
    const extent = extentOf(mask, side);
    if (extent === undefined) continue;
    const fit = box === undefined ? 1 : intersectionOverUnion(extent, box);
    const worth = fit * Math.max(score, 0);
    if (best === undefined || worth > best.worth) best = { mask, worth };
  }
  return best?.mask;
}
