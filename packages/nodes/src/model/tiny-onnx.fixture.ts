import { fileURLToPath } from "node:url";
import { flat } from "../plain-run.fixture.ts";

/** A checkpoint among the fixtures, in the layout of transformers.js. Its graphs know colours by their names. */
export function tinyOnnx(
  name: "grounding-dino" | "owlvit" | "sam" | "sam2" | "smolvlm",
): `dir:${string}` {
  const folder = new URL(`../../../../test/fixtures/checkpoints/tiny-${name}`, import.meta.url);
  return `dir:${fileURLToPath(folder)}`;
}

/** A grey picture of 64 x 48 with a red square in the first of 4 x 4 cells and a blue one in the last. */
export function squares() {
  const picture = flat(64, 48, 110, 110, 110);
  const paint = (left: number, top: number, colour: readonly number[]): void => {
    for (let y = top; y < top + 10; y++) {
      for (let x = left; x < left + 14; x++) picture.data.set(colour, 3 * (64 * y + x));
    }
  };
  paint(1, 1, [255, 0, 0]);
  paint(49, 37, [0, 0, 255]);
  return picture;
}

/** Where the squares are, as detectors see them. */
export const squareBoxes = {
  red: { left: 0, top: 0, right: 16, bottom: 12 },
  blue: { left: 48, top: 36, right: 64, bottom: 48 },
};
