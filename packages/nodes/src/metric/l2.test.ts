import { expect, test } from "vitest";
import { grey, maskOf, plainRun } from "../plain-run.fixture.ts";
import { metricL2 } from "./l2.ts";

const image = grey([10, 20], [30, 40]);
const reference = grey([10, 20], [30, 65]);
const mask = maskOf([0, 0], [0, 255]);

test.each([
  ["all", (25 / 255) ** 2 / 4],
  ["inside", (25 / 255) ** 2],
  ["outside", 0],
] as const)("scores %s of the picture on values from 0 to 1", async (region, wanted) => {
  const { score } = await metricL2.run({ image, reference, mask }, { region }, plainRun);
  expect(score).toBeCloseTo(wanted, 12);
});
