import { expect, test } from "vitest";
import { grey, maskOf, plainRun } from "../plain-run.fixture.ts";
import { metricL1 } from "./l1.ts";

const image = grey([10, 20], [30, 40]);
const reference = grey([10, 20], [30, 65]);
const mask = maskOf([0, 0], [0, 255]);

test.each([
  ["all", 25 / 255 / 4],
  ["inside", 25 / 255],
  ["outside", 0],
] as const)("scores %s of the picture on values from 0 to 1", async (region, wanted) => {
  const { score } = await metricL1.run({ image, reference, mask }, { region }, plainRun);
  expect(score).toBeCloseTo(wanted, 12);
});
