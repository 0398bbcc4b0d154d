import { type Level, sourcesOf } from "./level.ts";
import { improve, measure, seededRandom } from "./patch-match.ts";

/** Nearer repetitions, in shares of the picture's longer side, tell of smoothness alone. */
const leastReach = 1 / 15;
const passes = 4;
/** How often a place that is far enough is drawn for each patch to begin with. */
const draws = 20;
/** An offset is a peak where none is more frequent in a square that reaches so many pixels to each side. */
const peakRadius = 2;
/** A Gaussian of variance 2, from its middle outwards. */
const smoothing = [0.282, 0.22, 0.104, 0.03] as const;

/** A step from a pixel of the hole to where it is copied from. */
export interface Offset {
  readonly x: number;
  readonly y: number;
}

/** For each patch of the surroundings, the most similar one that is not near it. */
function matchFarPatches(level: Level): { targets: Int32Array; nearest: Int32Array } {
  const { width, height } = level;
  const sources = sourcesOf(level);
  const random = seededRandom(7);
  const isSource = new Uint8Array(width * height);
  for (const at of sources) isSource[at] = 1;
  const least = Math.max(width, height) * leastReach;
  const isFar = (from: number, to: number): boolean =>
    Math.abs((from % width) - (to % width)) >= least ||
    Math.abs(Math.floor(from / width) - Math.floor(to / width)) >= least;
  const nearest = new Int32Array(width * height).fill(-1);
  for (const at of sources) {
    for (let draw = 0; draw < draws && (nearest[at] as number) < 0; draw++) {
      const to = sources[Math.floor(random() * sources.length)] as number;
      if (isFar(at, to)) nearest[at] = to;
    }
  }
  const targets = sources.filter((at) => (nearest[at] as number) >= 0);
  const field = { targets, nearest, error: new Float32Array(width * height), isSource, isFar };
  measure(level, field);
  for (let pass = 0; pass < passes; pass++) {
    improve(level, field, pass % 2 === 0, Math.max(width, height), random);
  }
  return field;
}

/** How often each offset occurs, one row of `across` for each y. */
interface OffsetCounts {
  readonly counts: Float32Array;
  readonly across: number;
}

function countOffsets(level: Level): OffsetCounts {
  const { width, height } = level;
  const { targets, nearest } = matchFarPatches(level);
  const across = 2 * width - 1;
  const counts = new Float32Array(across * (2 * height - 1));
  for (const at of targets) {
    const to = nearest[at] as number;
    const x = (to % width) - (at % width) + width - 1;
    const y = Math.floor(to / width) - Math.floor(at / width) + height - 1;
    counts[y * across + x] = (counts[y * across + x] as number) + 1;
  }
  return { counts, across };
}

function smooth(counts: Float32Array, step: number): Float32Array {
  const farthest = smoothing.length - 1;
  return counts.map((_, at) => {
    let sum = 0;
    for (let away = -farthest; away <= farthest; away++) {
      sum += (smoothing[Math.abs(away)] as number) * (counts[at + away * step] ?? 0);
    }
    return sum;
  });
}

/** Whether no count in a square around a place is larger, and no equal one comes before it. */
function isPeak({ counts, across }: OffsetCounts, at: number): boolean {
  const value = counts[at] as number;
  if (value <= 0) return false;
  for (let dy = -peakRadius; dy <= peakRadius; dy++) {
    for (let dx = -peakRadius; dx <= peakRadius; dx++) {
      const away = dy * across + dx;
      const other = counts[at + away] ?? 0;
      if (other > value || (other === value && away < 0)) return false;
    }
  }
  return true;
}

/**
 * The offsets at which the surroundings of a hole repeat themselves most often, the most frequent first.
 * Source: Statistics of Patch Offsets for Image Completion (He and Sun 2012), section 3.
 */
export function dominantOffsets(level: Level, most: number): readonly Offset[] {
  const { counts, across } = countOffsets(level);
  const smoothed = smooth(smooth(counts, 1), across);
  return Array.from(smoothed.keys())
    .filter((at) => isPeak({ counts: smoothed, across }, at))
    .sort((a, b) => (smoothed[b] as number) - (smoothed[a] as number))
    .slice(0, most)
    .map((at) => ({
      x: (at % across) - (level.width - 1),
      y: Math.floor(at / across) - (level.height - 1),
    }));
}
