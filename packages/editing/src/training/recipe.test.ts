import { trainingStages } from "@insightgraph/models";
import { expect, test } from "vitest";
import { defaultRecipe, firstBatchOf } from "./recipe.ts";

test("another seed draws other scenes, and no stage those of another", () => {
  const firsts = trainingStages.flatMap((stage) =>
    [1, 2, 3, 100].map((seed) => firstBatchOf(stage, { ...defaultRecipe, seed })),
  );
  const sorted = [...firsts].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((first, at) => first - (sorted[at] ?? first));
  expect(Math.min(...gaps)).toBeGreaterThan(Math.max(...Object.values(defaultRecipe.steps)));
  expect(firstBatchOf("editing", defaultRecipe)).toBe(defaultRecipe.stages.editing.firstBatch);
});

test("seed 0 and seeds beyond the hundredth wrap around", () => {
  const firstOf = (seed: number) => firstBatchOf("vision", { ...defaultRecipe, seed });
  expect(firstOf(0)).toBe(firstOf(100));
  expect(firstOf(101)).toBe(firstOf(1));
});
