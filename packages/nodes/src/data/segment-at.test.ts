import { describe, expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { modelSegmenter } from "../model/segmenter.ts";
import { squares, tinyOnnx } from "../model/tiny-onnx.fixture.ts";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { dataSegmentAt } from "./segment-at.ts";

const run = (place: string) => dataSegmentAt.run({ image: squares() }, { place }, plainRun);

test("finds the object in a box, by default with GrabCut", async () => {
  const { mask } = await run("[46, 34, 64, 48]");
  expect(mask.data.filter((value) => value === 255)).toHaveLength(140);
});

test.each([
  ["", "neither two nor four"],
  ["1, 2, 3", "neither two nor four"],
  ["a, b", "neither two nor four"],
  ["64, 10", "holds nothing"],
  ["-9, 0, -1, 40", "holds nothing"],
  ["20, 20, 10, 30", "holds nothing"],
  ["8, 6", "in boxes, not at points"],
])("says what is wrong with the place %j", async (place, what) => {
  await expect(shownBy(dataSegmentAt, () => run(place))).rejects.toMatchObject({
    at: { path: "params.place" },
    what: expect.stringContaining(what),
  });
});

describe.each(["sam", "sam2"] as const)("tiny-%s", (name) => {
  test.each([
    ["8, 6", 6, 5],
    ["56, 42", 55, 42],
    ["0, 0, 16, 12", 6, 5],
  ])("finds the object at %s and none of the other", async (place, x, y) => {
    const context = runContext();
    const { model } = await modelSegmenter.run({}, { checkpoint: tinyOnnx(name) }, context);
    const { mask } = await dataSegmentAt.run({ image: squares(), model }, { place }, context);
    expect(mask.data[64 * y + x]).toBe(255);
    expect(mask.data[64 * (47 - y) + 63 - x]).toBe(0);
  });
});
