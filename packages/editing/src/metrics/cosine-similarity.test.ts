import { expect, test } from "vitest";
import { cosineSimilarity } from "./cosine-similarity.ts";

test("the cosine ignores lengths and keeps signs", () => {
  const cosineOf = (a: number[], b: number[]): number =>
    cosineSimilarity(Float32Array.from(a), Float32Array.from(b));
  expect(cosineOf([1, 2], [10, 20])).toBeCloseTo(1, 12);
  expect(cosineOf([3, 4], [4, 3])).toBeCloseTo(24 / 25, 12);
  expect(cosineOf([1, 0], [-2, 0])).toBe(-1);
});
