import { expect, test } from "vitest";
import { changeBackground } from "./change-background.ts";
import { fromOkLab, toOkLab } from "./ok-lab.ts";
import { recolour } from "./recolour.ts";
import { inDisc, maskWhere, painted } from "./small-scene.fixture.ts";

const size = [40, 30] as const;
const isBall = inDisc(20, 15, 8);
const ball = maskWhere(...size, isBall);
/** A red ball, lit from above, on grey. */
const scene = painted(...size, (x, y) => (isBall(x, y) ? [240 - 5 * y, 30, 30] : [120, 120, 120]));
const at = (data: Uint8Array, x: number, y: number): readonly number[] => [
  ...data.subarray(3 * (y * 40 + x), 3 * (y * 40 + x) + 3),
];

test("OKLab of red is what its author gives, and colours come back", () => {
  const [lightness, a, b] = toOkLab(255, 0, 0);
  expect([lightness, a, b].map((value) => value.toFixed(3))).toEqual(["0.628", "0.225", "0.126"]);
  for (const rgb of [
    [255, 255, 255],
    [0, 0, 0],
    [12, 200, 77],
    [250, 3, 130],
  ] as const) {
    const [red, green, blue] = rgb;
    expect(fromOkLab(toOkLab(red, green, blue))).toEqual(rgb);
  }
});

test("a recoloured ball is blue and keeps its light and shade", () => {
  const { data } = recolour(scene, ball, [30, 95, 208]);
  const [top, bottom] = [at(data, 20, 8), at(data, 20, 22)];
  for (const [red = 0, , blue = 0] of [top, bottom]) expect(blue).toBeGreaterThan(red + 60);
  expect(top[2]).toBeGreaterThan((bottom[2] ?? 0) + 20);
  expect(at(data, 1, 1)).toEqual([120, 120, 120]);
});

test("a grey object takes a colour too", () => {
  const grey = painted(...size, () => [130, 130, 130]);
  const [red = 0, , blue = 0] = at(recolour(grey, ball, [208, 28, 31]).data, 20, 15);
  expect(red).toBeGreaterThan(blue + 80);
});

test("the background goes grey, takes a colour, and the object stays", () => {
  const colourful = painted(...size, (x, y) => (isBall(x, y) ? [200, 20, 20] : [20, 90, 200]));
  const options = { colour: [1, 2, 3], radius: 0.1 };
  const grey = changeBackground(colourful, ball, { ...options, change: "grey" });
  expect([at(grey.data, 1, 1), at(grey.data, 20, 15)]).toEqual([
    [83, 83, 83],
    [200, 20, 20],
  ]);
  const paint = changeBackground(colourful, ball, { ...options, change: "colour" });
  expect([at(paint.data, 1, 1), at(paint.data, 20, 15)]).toEqual([
    [1, 2, 3],
    [200, 20, 20],
  ]);
});

test("a blurred background holds nothing of the object's colour", () => {
  const stripes = painted(...size, (x, y) =>
    isBall(x, y) ? [200, 20, 20] : x % 2 === 0 ? [0, 0, 0] : [0, 0, 200],
  );
  const options = { change: "blur", colour: [], radius: 0.1 } as const;
  const { data } = changeBackground(stripes, ball, options);
  expect(at(data, 20, 15)).toEqual([200, 20, 20]);
  const [red = 0, , blue = 0] = at(data, 20, 5);
  expect(red).toBeLessThan(3);
  expect(Math.abs(blue - 100)).toBeLessThan(20);
});

test("masks that select nothing, or leave no background, are refused", () => {
  const none = maskWhere(...size, () => false);
  const all = maskWhere(...size, () => true);
  const unfit = expect.objectContaining({ code: "argument.unfit", argument: "mask" });
  const options = { change: "grey", colour: [], radius: 0.1 } as const;
  expect(() => recolour(scene, none, [0, 0, 0])).toThrow(unfit);
  expect(() => changeBackground(scene, none, options)).toThrow(unfit);
  expect(() => changeBackground(scene, all, options)).toThrow(unfit);
});
