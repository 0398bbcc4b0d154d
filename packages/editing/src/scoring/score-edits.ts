import { bootstrapMean, type MeanEstimate } from "../metrics/bootstrap-mean.ts";
import { luminanceSsim } from "../metrics/luminance-ssim.ts";
import { meanDifference } from "../metrics/mean-difference.ts";
import { psnr } from "../metrics/psnr.ts";
import type { Region } from "../metrics/region.ts";
import type { Picture } from "../pictures/picture.ts";
import { leastErrorLeft } from "./free-place.ts";
import { type Interval, wilsonInterval } from "./wilson-interval.ts";

/** Largest share of the way to the target that a successful edit may leave undone. */
export const successThreshold = 0.3;

/** One side of an edit, whose mask is not 0 inside. */
function sideOf({ width, height }: Picture, mask: Uint8Array, side: Region["side"]): Region {
  const data = mask.map((value) => (value === 0 ? 0 : 255));
  return { mask: { width, height, data }, side };
}

/**
 * Whether an edit is done: inside the mask, the result's squared error to the target is under 30 % of
 * the source's own. A result that leaves the picture alone scores exactly 1 and fails.
 */
export function editSuccess(
  source: Picture,
  target: Picture,
  result: Picture,
  mask: Uint8Array,
): boolean {
  const inside = sideOf(source, mask, "inside");
  const start = meanDifference(source, target, 2, inside);
  return meanDifference(result, target, 2, inside) < successThreshold * start;
}

/**
 * Whether an edit is done as its instruction says: `editSuccess`, and for an addition, whose instruction names a place
 * and no pixel, also wherever else in that place the object may stand.
 */
export function isDone(edit: EditResult): boolean {
  const { source, target, result, mask, operation } = edit;
  if (editSuccess(source, target, result, mask)) return true;
  return operation === "add" && leastErrorLeft(edit) < successThreshold;
}

/** An edit and its result, as scores read them. */
export interface EditResult {
  readonly source: Picture;
  readonly target: Picture;
  readonly result: Picture;
  /** 1 inside the edit. */
  readonly mask: Uint8Array;
  readonly operation: string;
  readonly kind: string;
  /** Perceptual distance of the result to the target. @default not measured */
  readonly distance?: number;
}

/** Scores of a group of edits; means have 95 % bootstrap intervals. */
export interface ScoreRow {
  /** "all", or the operation or kind that the row covers. */
  readonly group: string;
  readonly count: number;
  readonly successes: number;
  /** successes / count; NaN for none. */
  readonly success: number;
  /** 95 % Wilson interval of `success`. */
  readonly interval: Interval;
  /** dB; an exact result counts as `psnrCap`. */
  readonly psnrInside: MeanEstimate;
  readonly psnrOutside: MeanEstimate;
  /** SSIM of the luminance. */
  readonly ssimInside: MeanEstimate;
  readonly ssimOutside: MeanEstimate;
  /** Perceptual distance to the target. @default not measured */
  readonly distance?: MeanEstimate;
}

/** How one edit came out. */
export interface EditScore {
  readonly operation: string;
  readonly kind: string;
  readonly isDone: boolean;
  /** dB; NaN where the mask leaves nothing on a side. */
  readonly psnr: Sides;
  readonly ssim: Sides;
  readonly distance?: number;
}

/** A value inside the mask and one outside. */
interface Sides {
  readonly inside: number;
  readonly outside: number;
}

/** How many edits came out right, and how near all came. */
export interface ScoreTable {
  readonly all: ScoreRow;
  readonly byOperation: readonly ScoreRow[];
  readonly byKind: readonly ScoreRow[];
  /** Of each edit, in their order. */
  readonly edits: readonly EditScore[];
}

/** Keeps exact results from making a mean infinite; 8-bit pictures hardly reach it otherwise. */
export const psnrCap = 60;

/** Scores edits against their targets, for all and for each operation and kind in order of appearance. */
export function scoreEdits(items: Iterable<EditResult>): ScoreTable {
  const scores = Array.from(items, scoreOne);
  const groupBy = (key: "operation" | "kind"): readonly ScoreRow[] =>
    [...new Set(scores.map((score) => score[key]))].map((group) =>
      toRow(
        group,
        scores.filter((score) => score[key] === group),
      ),
    );
  return {
    all: toRow("all", scores),
    byOperation: groupBy("operation"),
    byKind: groupBy("kind"),
    edits: scores,
  };
}

function scoreOne(edit: EditResult): EditScore {
  const { source, target, result, mask, operation, kind, distance } = edit;
  const onSides = (measure: (region: Region) => number): Sides => ({
    inside: measure(sideOf(source, mask, "inside")),
    outside: measure(sideOf(source, mask, "outside")),
  });
  return {
    operation,
    kind,
    isDone: isDone(edit),
    psnr: onSides((region) => psnr.measure(result, target, region)),
    ssim: onSides((region) => luminanceSsim(result, target, region)),
    ...(distance !== undefined && { distance }),
  };
}

function toRow(group: string, scores: readonly EditScore[]): ScoreRow {
  const count = scores.length;
  const successes = scores.filter(({ isDone }) => isDone).length;
  const distances = scores.flatMap(({ distance }) => distance ?? []);
  return {
    group,
    count,
    successes,
    success: successes / count,
    interval: wilsonInterval(successes, count),
    psnrInside: estimate(scores.map((score) => score.psnr.inside)),
    psnrOutside: estimate(scores.map((score) => score.psnr.outside)),
    ssimInside: estimate(scores.map(({ ssim }) => ssim.inside)),
    ssimOutside: estimate(scores.map(({ ssim }) => ssim.outside)),
    ...(distances.length > 0 && { distance: estimate(distances) }),
  };
}

/** NaN stands for a region without pixels and is left out. */
function estimate(values: readonly number[]): MeanEstimate {
  const known = values.filter((value) => !Number.isNaN(value));
  const capped = known.map((value) => Math.min(psnrCap, value));
  return bootstrapMean(capped, { samples: 2000, seed: 1 });
}
