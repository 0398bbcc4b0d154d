import { photographs } from "./photograph-list.ts";
import type { PhotographStore } from "./photograph-store.ts";
import type { Random } from "./random.ts";
import type { SceneSplit } from "./scene.ts";

const indicesOf = (split: SceneSplit): readonly number[] =>
  photographs.flatMap((photograph, index) => (photograph.split === split ? [index] : []));

const bySplit: Record<SceneSplit, readonly number[]> = {
  train: indicesOf("train"),
  evaluation: indicesOf("evaluation"),
};

/** Cuts a random square from a photograph of the split; may mirror it and changes its brightness. R, G, B in 0..255, row by row. */
export function cutPhotograph(
  random: Random,
  store: PhotographStore,
  split: SceneSplit,
  size: number,
): Float32Array {
  const whole = store.at(random.pick(bySplit[split]));
  const left = random.integer(0, store.size - size);
  const top = random.integer(0, store.size - size);
  const isMirrored = random.chance(0.5);
  const light = random.between(0.8, 1.15);
  const lift = random.between(0, 25);
  const data = new Float32Array(size * size * 3);
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += 3) {
      const column = left + (isMirrored ? size - 1 - x : x);
      const from = ((top + y) * store.size + column) * 3;
      for (let c = 0; c < 3; c++) {
        data[to + c] = Math.min(255, lift + light * (whole[from + c] ?? 0));
      }
    }
  }
  return data;
}

/**
 * Enlarges a random part of a photograph of the split to a square, in changed proportions, turned by quarters, with its
 * three colours made lighter or darker each by itself. R, G, B in 0..255, row by row.
 */
export function enlargeFromPhotograph(
  random: Random,
  store: PhotographStore,
  split: SceneSplit,
  size: number,
): Float32Array {
  const whole = store.at(random.pick(bySplit[split]));
  const [width, height] = [random.between(48, store.size), random.between(48, store.size)];
  const left = random.between(0, store.size - width);
  const top = random.between(0, store.size - height);
  const [isMirrored, isFlipped, isTurned] = [0, 1, 2].map(() => random.chance(0.5));
  const light = [0, 1, 2].map(() => random.between(0.6, 1.3));
  const data = new Float32Array(size * size * 3);
  for (let row = 0, to = 0; row < size; row++) {
    for (let column = 0; column < size; column++, to += 3) {
      const [u, v] = isTurned ? [row, column] : [column, row];
      const x = left + (((isMirrored ? size - 1 - u : u) + 0.5) * width) / size - 0.5;
      const y = top + (((isFlipped ? size - 1 - v : v) + 0.5) * height) / size - 0.5;
      for (let c = 0; c < 3; c++) {
        data[to + c] = Math.min(255, (light[c] ?? 1) * between(whole, store.size, x, y, c));
      }
    }
  }
  return data;
}

/** A channel between pixels, weighted bilinearly. */
function between(from: Float32Array, size: number, x: number, y: number, channel: number): number {
  const inside = (at: number): number => Math.min(size - 1, Math.max(0, at));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (column: number, row: number): number =>
    from[(inside(row) * size + inside(column)) * 3 + channel] ?? 0;
  const [u, v] = [x - left, y - top];
  const above = at(left, top) * (1 - u) + at(left + 1, top) * u;
  const below = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
  return above * (1 - v) + below * v;
}
