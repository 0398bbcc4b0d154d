import { setImmediate } from "node:timers/promises";
import { unfitArgument } from "../../errors.ts";
import { blendGradients } from "./blend-gradients.ts";
import { halve, type Level, patchRadius, sourcesOf, targetsOf } from "./level.ts";
import { type Field, improve, measure, seededRandom } from "./patch-match.ts";
import { shiftMap } from "./shift-map.ts";
import { spreadInwards } from "./spread-inwards.ts";
import { meanError, vote } from "./vote.ts";

/** Shorter side, in pixels, at which filling begins. */
const coarsest = 24;
/** Least patches to copy from, at any scale. */
const leastSources = 24;

/** Most pixels of a hole that is filled with large pieces; finer scales follow the scale at which it has no more. */
const largestPieced = 3000;

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

/** The patch from which the pixel of the hole that is nearest to a target's centre was copied, or -1. */
function patchOver(at: number, { width, hole }: Level, from: Int32Array, isSource: Uint8Array) {
  let [best, distance] = [-1, Number.POSITIVE_INFINITY];
  for (let dy = -patchRadius; dy <= patchRadius; dy++) {
    for (let dx = -patchRadius; dx <= patchRadius; dx++) {
      const away = dy * width + dx;
      const source = (from[at + away] as number) - away;
      const isNearer = dx * dx + dy * dy < distance;
      const isCopied = hole[at + away] === 1 && (from[at + away] as number) >= 0;
      if (!isNearer || !isCopied || isSource[source] !== 1) continue;
      [best, distance] = [source, dx * dx + dy * dy];
    }
  }
  return best;
}

/** Paints a hole with large pieces; targets begin where these were copied from. */
function startFromPieces(level: Level, random: () => number): Field {
  const from = shiftMap(level);
  for (const [at, source] of from.entries()) {
    if (source >= 0) level.pixels.copyWithin(3 * at, 3 * source, 3 * source + 3);
  }
  const field = startField(level, undefined, random);
  for (const at of field.targets) {
    const source = patchOver(at, level, from, field.isSource);
    if (source >= 0) field.nearest[at] = source;
  }
  return field;
}

/** Fills a scale anew from large pieces, and keeps that where patches match it better than what was there. */
async function fillFromPieces(
  level: Level,
  field: Field,
  random: () => number,
  signal: AbortSignal | undefined,
): Promise<Field> {
  const before = Uint8Array.from(level.pixels);
  measure(level, field);
  const pieced = startFromPieces(level, random);
  await refine(level, pieced, random, signal);
  measure(level, pieced);
  if (meanError(pieced) < meanError(field)) return pieced;
  level.pixels.set(before);
  return field;
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

const countOf = (marked: Uint8Array): number => marked.reduce((sum, value) => sum + value, 0);

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
 * Fills the hole of a level in place with patches of its surroundings, coarse scales first, beginning smoothly or with
 * large pieces of them: with whatever their patches match better.
 * Source: PatchMatch (Barnes et al. 2009), section 4.1, with the votes of Wexler et al. 2007.
 * Throws: argument.unfit at `mask` where the hole leaves nothing to copy.
 */
export async function fillHole(finest: Level, { signal, progress }: FillControl): Promise<void> {
  requireSources(finest);
  const random = seededRandom(1);
  const levels = pyramidOf(finest).toReversed();
  const pieced = levels.findLast(({ hole }) => countOf(hole) <= largestPieced) ?? levels[0];
  let coarser: CoarserField | undefined;
  for (const [index, level] of levels.entries()) {
    progress?.(index, levels.length);
    let field = startField(level, coarser, random);
    if (coarser === undefined) spreadInwards(level);
    else vote(level, field);
    await refine(level, field, random, signal);
    if (level === pieced) field = await fillFromPieces(level, field, random, signal);
    const isSmall = level.hole.length <= largestBlended;
    if (level === finest && isSmall) await blendGradients(level, field, signal);
    coarser = { width: level.width, nearest: field.nearest };
  }
}
