import { expect, test } from "vitest";
import type { Mask, Picture } from "../pictures/picture.ts";
import { restoreDetail } from "../pictures/restore-detail.ts";
import { removedParts, restoreAndFill } from "./fill-removals.ts";
import { inDisc, maskWhere, painted } from "./small-scene.fixture.ts";

const paint = (side: number, value: (x: number, y: number) => number): Picture =>
  painted(side, side, (x, y) => Array.from({ length: 3 }, () => value(x, y)));

const options = { threshold: 32, leastArea: 12, grow: 2 };
const large = 128;
const small = 64;

/** Fine stripes of two greys, which the small picture shows as one. */
const stripes = (x: number): number => (x % 2 === 0 ? 140 : 160);
const isDisc = (x: number, y: number, side: number): boolean =>
  inDisc(side / 2, side / 2, side / 8)(x, y);

const original = paint(large, (x, y) => (isDisc(x, y, large) ? 20 : stripes(x)));
/** The disc removed, with a ghost of it left. */
const removed = paint(small, (x, y) => (isDisc(x, y, small) ? 138 : 150));
/** The disc replaced by a bright one. */
const replaced = paint(small, (x, y) => (isDisc(x, y, small) ? 250 : 150));

const middle = (large / 2) * large + large / 2;
const red = ({ data }: Picture, pixel: number): number => data[3 * pixel] ?? Number.NaN;

test("fills what was removed with the original's own detail, and keeps every bit outside the mask", async () => {
  const { image, mask } = await restoreAndFill(original, removed, options);
  expect([red(image, middle), red(image, middle + 1)]).toEqual([140, 160]);
  const isKept = (value: number, at: number): boolean =>
    (mask.data[Math.floor(at / 3)] ?? 0) > 0 || value === original.data[at];
  expect(image.data.every(isKept)).toBe(true);
  expect(mask.data[middle]).toBe(255);
  expect(mask.data[0]).toBe(0);
});

test("blends in what was drawn, as without filling", async () => {
  const found = await restoreAndFill(original, replaced, options);
  expect(found).toEqual(await restoreDetail(original, replaced, options));
  expect(red(found.image, middle)).toBeGreaterThan(240);
});

test("blends the edit in where it shows something else than the surroundings would give", async () => {
  /** Only a thin grey ring lies around the disc: all patches that can be copied show tiles. */
  const isRing = inDisc(small / 2, small / 2, small / 8 + 6);
  const ring = (x: number, y: number): number => {
    if (isRing(x, y)) return 128;
    return x % 8 < 4 === y % 8 < 4 ? 20 : 250;
  };
  const ringed = paint(small, (x, y) => (isDisc(x, y, small) ? 0 : ring(x, y)));
  const grey = paint(small, (x, y) => (isDisc(x, y, small) ? 128 : ring(x, y)));
  const disc = maskWhere(small, small, (x, y) => isDisc(x, y, small));
  expect(removedParts(ringed, grey, disc)).toEqual(disc);
  const found = await restoreAndFill(ringed, grey, options);
  expect(found).toEqual(await restoreDetail(ringed, grey, options));
});

test("tells each part of a change apart", () => {
  const isIn = (x: number, y: number, left: number): boolean =>
    x >= left && x < left + 10 && y >= 20 && y < 30;
  const source = paint(small, (x, y) => (isIn(x, y, 8) ? 20 : 150));
  const edited = paint(small, (x, y) => (isIn(x, y, 40) ? 250 : 150));
  const partAt = (...lefts: number[]): Mask =>
    maskWhere(small, small, (x, y) => lefts.some((left) => isIn(x, y, left)));
  expect(removedParts(source, edited, partAt(8, 40))).toEqual(partAt(8));
});

test("stops when it is asked to", async () => {
  const stop = new AbortController();
  stop.abort();
  const stopped = restoreAndFill(original, removed, { ...options, signal: stop.signal });
  await expect(stopped).rejects.toThrow(/abort/i);
});
