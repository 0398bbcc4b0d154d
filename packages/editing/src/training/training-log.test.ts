import { expect, test } from "vitest";
import { paintCurve } from "./paint-curve.ts";
import { createTrainingLog, parseTrainingLog, type TrainingLogEntry } from "./training-log.ts";

const report = (step: number, value: number) => ({
  ...{ step, rate: Math.fround(9e-4), norm: 1 },
  losses: { place: value },
});

test("gives means of so many steps, and counts the time of each", () => {
  let clock = 0;
  const log = createTrainingLog({ every: 2, now: () => clock });
  clock = 30;
  expect(log("alignment", report(0, 4))).toBeUndefined();
  clock = 50;
  expect(log("alignment", report(1, 2))).toEqual({
    ...{ stage: "alignment", step: 2, rate: 9e-4, msPerStep: 25 },
    losses: { place: 3 },
  });
});

test("does not mix stages", () => {
  const log = createTrainingLog({ every: 2, now: () => 0 });
  log("alignment", report(0, 100));
  log("editing", report(0, 1));
  expect(log("editing", report(1, 3))?.losses).toEqual({ place: 2 });
});

const entry = (step: number, value: number): TrainingLogEntry => ({
  ...{ stage: "alignment", step, rate: 1, msPerStep: 1 },
  losses: { place: value, where: value / 2 },
});

test("reads back what was logged, and leaves out what a kill cut short", () => {
  const lines = [entry(1, 4), entry(2, 3)].map((one) => JSON.stringify(one));
  expect(parseTrainingLog(`${lines.join("\n")}\n{"stage":"al`)).toEqual([entry(1, 4), entry(2, 3)]);
});

test("draws the curves in their colours, and nothing of an empty run but its axes", async () => {
  const inked = async (entries: readonly TrainingLogEntry[]): Promise<number> => {
    const { data } = await paintCurve(entries);
    let count = 0;
    for (let at = 0; at < data.length; at += 3) {
      if (data[at] === 0 && data[at + 1] === 0x72 && data[at + 2] === 0xb2) count++;
    }
    return count;
  };
  expect(await inked([])).toBe(0);
  expect(await inked([entry(1, 4), entry(50, 2), entry(100, 1)])).toBeGreaterThan(200);
});
