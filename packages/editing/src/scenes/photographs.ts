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
