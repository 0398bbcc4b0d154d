import { expect, test } from "vitest";
import { flat, grey, maskOf, plainRun } from "../plain-run.fixture.ts";
import { metricPsnr } from "./psnr.ts";

const settings = { region: "outside", cap: 100 } as const;
const image = grey([10, 20], [30, 40]);
const reference = grey([10, 20], [30, 65]);
const mask = maskOf([0, 0], [0, 255]);
// One of four pixels is 25 off.
const wholeScore = 10 * Math.log10(255 ** 2 / (25 ** 2 / 4));

test("scores the whole picture without a mask", async () => {
  const { score } = await metricPsnr.run({ image, reference }, settings, plainRun);
  expect(score).toBeCloseTo(wholeScore, 12);
});

test("scores the side of the mask that it is told", async () => {
  const scoreOn = async (region: "outside" | "inside" | "all"): Promise<number> => {
    const found = await metricPsnr.run(
      { image, reference, mask },
      { ...settings, region },
      plainRun,
    );
    return found.score;
  };
  expect(await scoreOn("inside")).toBeCloseTo(wholeScore - 10 * Math.log10(4), 12);
  expect(await scoreOn("all")).toBeCloseTo(wholeScore, 12);
  expect(await scoreOn("outside")).toBe(100);
});

test("leaves a hole where nothing can be compared, and says why", async () => {
  const lines: string[] = [];
  const context = { ...plainRun, log: (line: string) => lines.push(line) };
  const everything = maskOf([255, 255], [255, 255]);
  const inputs = { image, reference, mask: everything };
  expect((await metricPsnr.run(inputs, settings, context)).score).toBeNaN();
  expect(lines).toEqual(["No score (NaN): the region holds nothing to compare."]);
});

test("refuses pictures of unequal sizes", () => {
  const inputs = { image, reference: flat(3, 2, 0, 0, 0) };
  expect(() => metricPsnr.run(inputs, settings, plainRun)).toThrow("argument.unfit at reference");
});
