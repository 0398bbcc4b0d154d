import { expect, test } from "vitest";
import { fitSize, pictureRules } from "./fit-picture.ts";

const patching = { patchSize: 16, merge: 2 };
const rules = pictureRules({});

// Sizes as transformers' smart_resize gives them.
test.each([
  [640, 480, 640, 480],
  [650, 470, 640, 480],
  [100, 60, 352, 224],
  [48, 80, 224, 352],
  [1000, 1017, 992, 1024],
])("reads %i x %i pixels as %i x %i", (width, height, wide, high) => {
  expect(fitSize({ width, height }, rules, patching)).toEqual({ width: wide, height: high });
});

test("scales down to the checkpoint's own bound", () => {
  const bounded = pictureRules({ size: { shortest_edge: 65_536, longest_edge: 1_000_000 } });
  const size = fitSize({ width: 8000, height: 6000 }, bounded, patching);
  expect(size).toEqual({ width: 1152, height: 864 });
});

test.each([
  [8000, 8000, /65536 patches, more than 16384/],
  [8000, 20, /strip/],
])("refuses %i x %i pixels", (width, height, what) => {
  expect(() => fitSize({ width, height }, rules, patching)).toThrow(
    expect.objectContaining({ argument: "image", what: expect.stringMatching(what) }),
  );
});
