import { expect, test } from "vitest";
import { lossTable } from "./loss-table.ts";
import type { TrainingLogEntry } from "./training-log.ts";

const entry = (stage: TrainingLogEntry["stage"], step: number, losses: Record<string, number>) => ({
  ...{ stage, step, losses, rate: 0.001, msPerStep: 5 },
});

test("losses stand by step, and steps go on over stages", () => {
  const entries = [
    entry("vision", 50, { objects: 2 }),
    entry("vision", 100, { objects: 1.5 }),
    entry("editing", 50, { noise: 0.4 }),
  ];
  expect(lossTable(entries).split("\n")).toEqual([
    "| step | stage | rate | objects loss | noise loss |",
    "| --- | --- | --- | --- | --- |",
    "| 50 | vision | 0.001 | 2 |  |",
    "| 100 | vision | 0.001 | 1.5 |  |",
    "| 150 | editing | 0.001 |  | 0.4 |",
  ]);
});

test("a long training is thinned, and keeps its last entry", () => {
  const entries = Array.from({ length: 4001 }, (_, at) => entry("vision", at + 1, { objects: at }));
  const lines = lossTable(entries).split("\n");
  expect(lines.length).toBeLessThanOrEqual(502);
  expect(lines.at(-1)).toContain("| 4001 |");
});
