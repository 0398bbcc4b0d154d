import { describe, expect, test } from "vitest";
import { normalArray, uniformFrom } from "./random.ts";

describe("uniformFrom", () => {
  test("repeats by seed and differs between seeds", () => {
    const draw = (seed: number): readonly number[] => {
      const next = uniformFrom(seed);
      return [next(), next(), next()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test("fills [0, 1) evenly", () => {
    const next = uniformFrom(1);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let at = 0; at < 10_000; at++) {
      const value = next();
      expect(value >= 0 && value < 1).toBe(true);
      const tenth = Math.floor(10 * value);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    // 1000 each, five deviations of 30 allowed.
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe("normalArray", () => {
  test("has zero mean, unit variance and normal tails", () => {
    const values = normalArray(20_001, 3);
    expect(values).toHaveLength(20_001);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    const outside = values.filter((value) => Math.abs(value) > 2).length / values.length;
    // Five deviations: 0.007 of the mean, 0.01 of the variance, 0.0015 of the 4.55 % outside.
    expect(Math.abs(mean)).toBeLessThan(0.035);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(Math.abs(outside - 0.0455)).toBeLessThan(0.0075);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
