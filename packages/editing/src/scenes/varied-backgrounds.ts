import { paintBackground } from "./backgrounds.ts";
import { addFineTexture } from "./fine-texture.ts";
import type { PhotographStore } from "./photograph-store.ts";
import { cutPhotograph, enlargeFromPhotograph } from "./photographs.ts";
import type { Random } from "./random.ts";
import type { SceneSplit } from "./scene.ts";

/** How often a background is painted in strong colours, in calm ones, cut from a photograph, or cut and enlarged. */
const kindWeights = [4, 1, 1, 3];
const texturedShare = 0.35;

/** A background of any maker: strong or calm colours, photographs near and far, some with a fine texture. R, G, B in 0..255, row by row. */
export function drawVariedBackground(
  random: Random,
  photographs: PhotographStore,
  split: SceneSplit,
  size: number,
): Float32Array {
  const kind = random.weighted(kindWeights);
  const data =
    kind < 2
      ? paintBackground(random, split, size, kind === 0).data
      : kind === 2
        ? cutPhotograph(random, photographs, split, size)
        : enlargeFromPhotograph(random, photographs, split, size);
  if (random.chance(texturedShare)) addFineTexture(random, data, size);
  return data;
}
