import { expect, test } from "vitest";
import { decodeNanodet } from "./decode.ts";

const labels = ["cat", "dog"];
/** A square of 32 pixels has 16 places of stride 8, four of stride 16 and one of stride 32. */
const places = 21;
const bins = 3;

interface Found {
  readonly place: number;
  readonly label: number;
  readonly score: number;
  /** Distance of all four sides, in strides: one bin holds all of the distribution. */
  readonly bin: number;
}

function outputOf(found: readonly Found[]) {
  const scores = new Float32Array(places * labels.length);
  const distances = new Float32Array(places * 4 * bins).fill(-50);
  for (const { place, label, score, bin } of found) {
    scores[place * labels.length + label] = score;
    for (let side = 0; side < 4; side++) distances[(place * 4 + side) * bins + bin] = 50;
  }
  return { scores, distances };
}

const decode = (...found: readonly Found[]) =>
  decodeNanodet(outputOf(found), { labels, imageSize: 32, bins, threshold: 0.35 });

test("a box reaches from its place by the expected distances", () => {
  const [cat] = decode({ place: 5, label: 0, score: 0.75, bin: 1 });
  expect(cat).toEqual({
    label: "cat",
    score: 0.75,
    box: { left: 4, top: 4, right: 20, bottom: 20 },
  });
});

test("two equal bins mean the distance between them", () => {
  const output = outputOf([{ place: 20, label: 1, score: 0.5, bin: 0 }]);
  for (let side = 0; side < 4; side++) output.distances[(20 * 4 + side) * bins + 1] = 50;
  const [dog] = decodeNanodet(output, { labels, imageSize: 32, bins, threshold: 0.35 });
  expect(dog?.box).toEqual({ left: 0, top: 0, right: 32, bottom: 32 });
});

test("of one kind the surest of overlapping boxes is kept, of two kinds both", () => {
  const low = { place: 16, label: 0, score: 0.5, bin: 1 };
  const high = { place: 5, label: 0, score: 0.75, bin: 2 };
  const other = { place: 5, label: 1, score: 0.5, bin: 2 };
  expect(decode(low, high).map(({ score }) => score)).toEqual([0.75]);
  expect(decode(high, other).map(({ label }) => label)).toEqual(["cat", "dog"]);
});

test("what is below the threshold is not found", () => {
  expect(decode({ place: 0, label: 0, score: 0.3, bin: 1 })).toEqual([]);
});
