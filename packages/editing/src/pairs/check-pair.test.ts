import { describe, expect, test } from "vitest";
import type { Picture } from "../pictures/picture.ts";
import { flat } from "../pictures/small-pictures.fixture.ts";
import { checkPair } from "./check-pair.ts";

const size = { width: 40, height: 40 };
const source: Picture = {
  ...size,
  channels: 3,
  data: Uint8Array.from({ length: 4800 }, (_, at) => (at * 7919) % 256),
};
const limits = { outside: 1, inside: 4, leastArea: 0.01, mostArea: 0.6, sharpness: 20 };

/** A square mask, and the source with the square painted over. */
function edited(side: number, value?: number) {
  const mask = { ...size, data: new Uint8Array(1600) };
  const target = { ...source, data: Uint8Array.from(source.data) };
  for (let y = 0; y < side; y++) {
    mask.data.fill(255, y * 40, y * 40 + side);
    if (value !== undefined) target.data.fill(value, 3 * y * 40, 3 * (y * 40 + side));
  }
  return { mask, target };
}

const faultsOf = ({ mask, target }: ReturnType<typeof edited>) =>
  checkPair(source, target, mask, limits).faults;

describe("checkPair", () => {
  test("has nothing against an edit inside its mask", () => {
    const { mask, target } = edited(12, 0);
    const check = checkPair(source, target, mask, limits);
    expect(check).toMatchObject({ outside: 0, area: 144 / 1600, faults: [] });
    expect(check.inside).toBeGreaterThan(60);
  });

  test("finds that nothing changed", () => {
    expect(faultsOf(edited(12))).toEqual(["inside the mask only 0.00 changed"]);
  });

  test("finds a background that changed", () => {
    const { mask } = edited(12);
    const { target } = edited(20, 0);
    expect(faultsOf({ mask, target })).toEqual([expect.stringContaining("the background changed")]);
  });

  test("finds masks that are empty, too small and too large", () => {
    expect(faultsOf(edited(0))).toEqual(["the mask is empty"]);
    expect(faultsOf(edited(2, 0))).toEqual(["the mask takes only 0.3 % of the picture"]);
    expect(faultsOf(edited(40, 0))).toEqual(["the mask takes 100.0 % of the picture"]);
  });

  test("finds a picture without any detail, down to one pixel", () => {
    const { mask } = edited(12);
    const [dull, other] = [flat(40, 40, 90, 90, 90), flat(40, 40, 99, 99, 99)];
    const own = { ...limits, outside: 255 };
    expect(checkPair(dull, other, mask, own).faults).toEqual(["the picture is blurred (0.0)"]);
    const one = flat(1, 1, 90, 90, 90);
    const dot = { width: 1, height: 1, data: Uint8Array.of(255) };
    expect(checkPair(one, one, dot, limits).faults).toHaveLength(3);
  });

  test("refuses another size", () => {
    const { mask } = edited(12);
    expect(() => checkPair(source, flat(39, 40, 1, 1, 1), mask, limits)).toThrow(
      "argument.unfit at target",
    );
  });
});
