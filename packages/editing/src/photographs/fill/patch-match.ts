import { type Level, patchRadius } from "./level.ts";

/** The patch that each target patch is nearest to. */
export interface Field {
  /** Centres of the patches that meet the hole, in reading order. */
  readonly targets: Int32Array;
  /** Centre of the nearest source patch, by target pixel. */
  readonly nearest: Int32Array;
  /** Sum of squared differences to it, by target pixel. */
  readonly error: Float32Array;
  /** 1 where a source patch may be centred. */
  readonly isSource: Uint8Array;
  /** Whether a patch may be copied from another; omitted: from any source. */
  readonly isFar?: (target: number, source: number) => boolean;
}

/** Numbers in [0, 1), the same each time. Source: xorshift32 (Marsaglia 2003). */
export function seededRandom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Sum of squared differences of two patches; more than `limit` is as bad as it. */
function difference(
  { pixels, width }: Level,
  target: number,
  source: number,
  limit: number,
): number {
  let sum = 0;
  const length = 3 * (2 * patchRadius + 1);
  const corner = patchRadius * width + patchRadius;
  let [a, b] = [3 * (target - corner), 3 * (source - corner)];
  for (let row = -patchRadius; row <= patchRadius && sum < limit; row++) {
    for (let i = 0; i < length; i++) {
      const away = (pixels[a + i] as number) - (pixels[b + i] as number);
      sum += away * away;
    }
    a += 3 * width;
    b += 3 * width;
  }
  return sum;
}

/** Measures every target patch against its nearest one anew, after pixels changed. */
export function measure(level: Level, { targets, nearest, error }: Field): void {
  for (const at of targets) {
    error[at] = difference(level, at, nearest[at] as number, Number.POSITIVE_INFINITY);
  }
}

/**
 * One pass: each target tries its neighbours' matches, moved along, then random places ever nearer to its own match.
 * @param reach How far the random search begins, in pixels.
 * Source: PatchMatch (Barnes, Shechtman, Finkelstein, Goldman 2009), section 3.
 */
export function improve(
  level: Level,
  field: Field,
  isForward: boolean,
  reach: number,
  random: () => number,
): void {
  const { targets, nearest, error, isSource, isFar = () => true } = field;
  const { width, height } = level;
  const step = isForward ? 1 : -1;
  const consider = (at: number, source: number): void => {
    if (isSource[source] !== 1 || source === nearest[at] || !isFar(at, source)) return;
    const found = difference(level, at, source, error[at] as number);
    if (found >= (error[at] as number)) return;
    error[at] = found;
    nearest[at] = source;
  };
  for (let i = 0; i < targets.length; i++) {
    const at = targets[isForward ? i : targets.length - 1 - i] as number;
    const beside = nearest[at - step] as number;
    const above = nearest[at - step * width] as number;
    if (beside >= 0) consider(at, beside + step);
    if (above >= 0) consider(at, above + step * width);
    for (let radius = reach; radius >= 1; radius /= 2) {
      const best = nearest[at] as number;
      const x = Math.round((best % width) + (2 * random() - 1) * radius);
      const y = Math.round(Math.floor(best / width) + (2 * random() - 1) * radius);
      if (x >= 0 && x < width && y >= 0 && y < height) consider(at, y * width + x);
    }
  }
}
