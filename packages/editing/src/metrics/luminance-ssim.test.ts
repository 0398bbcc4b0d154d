import { expect, test } from "vitest";
import type { Picture } from "../pictures/picture.ts";
import { luminanceSsim } from "./luminance-ssim.ts";

const side = 32;
const paint = (value: (x: number, y: number) => number): Picture => ({
  width: side,
  height: side,
  channels: 3,
  data: Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % side, Math.floor(pixel / side));
  }),
});
const waves = (x: number, y: number): number => 128 + 60 * Math.sin(x / 2) * Math.cos(y / 3);
const halfMask = Uint8Array.from({ length: side * side }, (_, at) => (at % side < 16 ? 255 : 0));
const leftHalf = { width: side, height: side, data: halfMask };

test("is one for equal pictures, on either side of a mask", () => {
  const picture = paint(waves);
  for (const edge of ["inside", "outside"] as const) {
    expect(luminanceSsim(picture, picture, { mask: leftHalf, side: edge })).toBeCloseTo(1, 12);
  }
});

test("falls where the structure changed and stays where it did not", () => {
  const changed = paint((x, y) => (x < 10 ? waves(y * 3, x * 5) : waves(x, y)));
  const scoreOf = (edge: "inside" | "outside"): number =>
    luminanceSsim(paint(waves), changed, { mask: leftHalf, side: edge });
  expect(scoreOf("inside")).toBeLessThan(0.7);
  expect(scoreOf("outside")).toBeCloseTo(1, 6);
});

test("weighs the channels by what the eye sees of them", () => {
  const grey = paint(waves);
  const changed = (channel: number): Picture => ({
    ...grey,
    data: grey.data.map((value, at) => (at % 3 === channel ? value + ((at * 31) % 40) : value)),
  });
  const [red, green, blue] = [0, 1, 2].map((channel) => luminanceSsim(changed(channel), grey));
  expect(blue).toBeGreaterThan(red as number);
  expect(red).toBeGreaterThan(green as number);
});

test("is NaN for an empty region", () => {
  const none = { ...leftHalf, data: new Uint8Array(side * side) };
  const empty = { mask: none, side: "inside" } as const;
  expect(luminanceSsim(paint(waves), paint(waves), empty)).toBeNaN();
});
