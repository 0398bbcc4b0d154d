import { setImmediate } from "node:timers/promises";
import { unfitArgument } from "../../errors.ts";
import { blendGradients } from "./blend-gradients.ts";
import { halve, type Level, patchRadius, sourcesOf, targetsOf } from "./level.ts";
import { type Field, improve, measure, seededRandom } from "./patch-match.ts";
import { spreadInwards } from "./spread-inwards.ts";
import { vote } from "./vote.ts";

/** Shorter side, in pixels, at which filling begins. */
const coarsest = 24;
/** Least patches to copy from, at any scale. */
const leastSources = 24;

/** Most pixels around a hole whose seams are blended, at 44 bytes each; those of larger ones are voted away alone. */
const largestBlended = 6_000_000;

/** Lets a caller stop the work and see how far it is. */
export interface FillControl {
  readonly signal?: AbortSignal;
  progress?(done: number, total: number): void;
}

function pyramidOf(finest: Level): readonly Level[] {
  const levels = [finest];
  for (let level = finest; Math.min(level.width, level.height) >= 2 * coarsest; ) {
    level = halve(level);
    if (sourcesOf(level).length < leastSources) break;
    levels.push(level);
  }
  return levels;
}

/** Targets begin at what the coarser scale found for them, or anywhere. */
function startField(level: Level, coarser: CoarserField | undefined, random: () => number): Field {
  const { width, height } = level;
  const [targets, sources] = [targetsOf(level), sourcesOf(level)];
  const isSource = new Uint8Array(width * height);
  for (const at of sources) isSource[at] = 1;
  const nearest = new Int32Array(width * height).fill(-1);
  for (const at of targets) {
    const found = coarser === undefined ? -1 : scaledUp(at, width, coarser);
    const isFit = found >= 0 && isSource[found] === 1;
    nearest[at] = isFit ? found : (sources[Math.floor(random() * sources.length)] ?? -1);
  }
  const error = new Float32Array(width * height);
  return { targets, nearest, error, isSource };
}

interface CoarserField {
  readonly width: number;
  readonly nearest: Int32Array;
}

/** The place that the coarser scale found for a pixel, in the finer scale. */
function scaledUp(at: number, width: number, { width: half, nearest }: CoarserField): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  const found = nearest[(y >> 1) * half + (x >> 1)] ?? -1;
  if (found < 0) return -1;
  return (2 * Math.floor(found / half) + (y & 1)) * width + 2 * (found % half) + (x & 1);
}

/** Rounds of matching and voting, passes of matching in each, and how far random searches reach, in pixels. */
interface Effort {
  readonly rounds: number;
  readonly passes: number;
  readonly reach: number;
}

/** How much work a scale is worth: much where it is cheap, little where the picture is large. */
function effortOf(targets: number): Effort {
  if (targets < 4_000) return { rounds: 8, passes: 4, reach: Number.POSITIVE_INFINITY };
  if (targets < 20_000) return { rounds: 4, passes: 2, reach: Number.POSITIVE_INFINITY };
  if (targets < 100_000) return { rounds: 2, passes: 2, reach: 16 };
  return { rounds: 1, passes: 1, reach: 2 };
}

async function refine(
  level: Level,
  field: Field,
  random: () => number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { rounds, passes, reach: limit } = effortOf(field.targets.length);
  const reach = Math.min(limit, Math.max(level.width, level.height));
  for (let round = 0; round < rounds; round++) {
    await setImmediate();
    signal?.throwIfAborted();
    measure(level, field);
    for (let pass = 0; pass < passes; pass++) {
      improve(level, field, pass % 2 === 0, reach, random);
    }
    vote(level, field);
  }
}

function requireSources(level: Level): void {
  const isLarge = Math.min(level.width, level.height) > 2 * patchRadius;
  if (isLarge && sourcesOf(level).length > 0) return;
  throw unfitArgument(
    "mask",
    "the mask leaves nothing to copy from.",
    "Give a mask that covers less of the picture, and a picture of at least 8 x 8 pixels.",
  );
}

/**
 * Fills the hole of a level in place with patches of its surroundings, coarse scales first.
 * Source: PatchMatch (Barnes et al. 2009), section 4.1, with the votes of Wexler et al. 2007.
 * Throws: argument.unfit at `mask` where the hole leaves nothing to copy.
 */
export async function fillHole(finest: Level, { signal, progress }: FillControl): Promise<void> {
  requireSources(finest);
  const random = seededRandom(1);
  const levels = pyramidOf(finest).toReversed();
  let coarser: CoarserField | undefined;
  for (const [index, level] of levels.entries()) {
    progress?.(index, levels.length);
    const field = startField(level, coarser, random);
    if (coarser === undefined) spreadInwards(level);
    else vote(level, field);
    await refine(level, field, random, signal);
    const isSmall = level.hole.length <= largestBlended;
    if (level === finest && isSmall) await blendGradients(level, field, signal);
    coarser = { width: level.width, nearest: field.nearest };
  }
}
