import { expect, test } from "vitest";
import { closestNames, namesHint } from "./nearest-name.ts";

const many = Array.from({ length: 400 }, (_, at) => `kind.number-${at}`);

test("a similar name is found among hundreds", () => {
  expect(namesHint("image.lod", [...many, "image.load"])).toBe('Did you mean "image.load"?');
});

test("where none is similar, the nearest are named first", () => {
  const names = ["zebra.crossing", "yak.shaving", "image.scale-up"];
  expect(namesHint("ImageScaleBy", names)).toBe(
    'Use "image.scale-up", "yak.shaving", "zebra.crossing".',
  );
  expect(closestNames("ImageScaleBy", [...many, ...names])[0]).toBe("image.scale-up");
});

test("a very long name costs no more than a long one", () => {
  expect(closestNames("x".repeat(1_000_000), many)).toHaveLength(400);
});
