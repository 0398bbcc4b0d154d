import type { Detection } from "../architectures/detector.ts";
import type { Segmenter } from "../architectures/segmenter.ts";
import { EditingError, unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { outlineDoubt } from "./outline-doubt.ts";
import { boxesBeside, type SegmentRun } from "./segment-objects.ts";

/** Which masks can be used. */
export interface MaskLimits {
  /** Least and most share of the picture. */
  readonly leastArea: number;
  readonly mostArea: number;
}

/** Objects with a usable mask each, and why the others have none. */
export interface SegmentedObjects {
  readonly objects: readonly Detection[];
  readonly masks: readonly Mask[];
  /** One sentence each. */
  readonly dropped: readonly string[];
}

function areaFault({ data }: Mask, { leastArea, mostArea }: MaskLimits): string | undefined {
  const share = data.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) / data.length;
  if (share >= leastArea && share <= mostArea) return undefined;
  return `its mask takes ${(100 * share).toFixed(1)} % of the picture`;
}

/**
 * A mask for each object; objects without a usable one are dropped.
 * Throws: argument.unfit at `objects` where none is left, with the reasons.
 */
export async function segmentEach(
  run: SegmentRun,
  segmenter: Segmenter,
  picture: Picture,
  objects: readonly Detection[],
  limits: MaskLimits,
): Promise<SegmentedObjects> {
  const kept: Detection[] = [];
  const masks: Mask[] = [];
  const dropped: string[] = [];
  for (const object of objects) {
    const beside = boxesBeside(object, objects);
    const mask = await segmenter
      .segment(run, picture, object.box, beside)
      .catch((thrown: unknown) => {
        if (thrown instanceof EditingError && thrown.argument === "objects") return thrown;
        throw thrown;
      });
    const fault = mask instanceof EditingError ? mask.what : areaFault(mask, limits);
    if (fault !== undefined) dropped.push(`"${object.label}" is left out: ${fault}`);
    if (fault !== undefined || mask instanceof EditingError) continue;
    const doubt = outlineDoubt(object, mask);
    if (doubt !== undefined) run.log(doubt);
    kept.push(object);
    masks.push(mask);
  }
  if (kept.length > 0) return { objects: kept, masks, dropped };
  const what =
    dropped.length === 0 ? "there is no object." : `no object is left. ${dropped.join("; ")}.`;
  throw unfitArgument("objects", what, "Leave this picture out, or give masks of your own.");
}
