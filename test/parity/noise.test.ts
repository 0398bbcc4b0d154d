import { describe, expect, test } from "vitest";
import { rescaleGuidance } from "../../packages/models/src/schedules/guidance.ts";
import { torchNoise } from "../../packages/models/src/schedules/torch-noise.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

describe("torch's normal numbers", async () => {
  const { options, outputs } = await readFixture("schedules", "torch-noise");
  const sizes = options["sizes"] as number[];

  test.each(options["seeds"] as number[])("[D5] seed %d", (seed) => {
    const draw = torchNoise(seed);
    sizes.forEach((size, at) => {
      const wanted = outputs[`${seed} ${at} ${size}`]?.data as Float32Array;
      const found = draw(size);
      expect(found).toHaveLength(size);
      found.forEach((value, index) => {
        // torch's logarithm and angle are in single precision.
        expect(Math.abs(value - (wanted[index] as number))).toBeLessThan(2e-6);
      });
    });
  });
});

describe("rescaled guidance", async () => {
  const { inputs, outputs } = await readFixture("schedules", "guidance");
  const [guided, conditional] = [inputs["guided"]?.data, inputs["conditional"]?.data] as [
    Float32Array,
    Float32Array,
  ];

  test.each(Object.entries(outputs))("by %s", (amount, { data }) => {
    const found = rescaleGuidance(guided, conditional, Number(amount));
    expect(relativeError(found, data as Float32Array)).toBeLessThan(1e-6);
  });
});
