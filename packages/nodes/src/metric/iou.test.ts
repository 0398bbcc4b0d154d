import { expect, test } from "vitest";
import { maskOf, plainRun } from "../plain-run.fixture.ts";
import { metricIou } from "./iou.ts";

test("divides what both masks select by what either does", async () => {
  const inputs = { mask: maskOf([255, 255, 0]), reference: maskOf([0, 255, 128]) };
  const { score } = await metricIou.run(inputs, {}, plainRun);
  expect(score).toBeCloseTo(1 / 3, 12);
});

test("leaves a hole for two empty masks, and says why", async () => {
  const lines: string[] = [];
  const context = { ...plainRun, log: (line: string) => lines.push(line) };
  const inputs = { mask: maskOf([0]), reference: maskOf([0]) };
  expect((await metricIou.run(inputs, {}, context)).score).toBeNaN();
  expect(lines).toEqual(["No score (NaN): both masks are empty."]);
});
