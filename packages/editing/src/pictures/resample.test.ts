import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Picture } from "./picture.ts";
import { filters, type Kernel, resample, resampleAsPillow } from "./resample.ts";
import { flat, grey, redRows } from "./small-pictures.fixture.ts";

const kernels = Object.keys(filters) as Kernel[];
const smooth = kernels.filter((kernel) => kernel !== "nearest");

describe("scaling", () => {
  test("mixes two pixels by hand-checkable shares", () => {
    const size = { width: 3, height: 1 };
    expect(redRows(resample(grey([0, 200]), size, "linear"))).toEqual([[0, 100, 200]]);
    expect(redRows(resample(grey([0, 200, 100, 100]), { width: 2, height: 1 }, "linear"))).toEqual([
      // Weights 3, 3, 1 of 0, 200, 100, and 1, 3, 3 of 200, 100, 100.
      [100, 114],
    ]);
  });

  test.each(kernels)("keeps a flat colour flat with %s", (kernel) => {
    for (const side of [1, 5, 20]) {
      const size = { width: side, height: side };
      expect(resample(flat(7, 9, 10, 130, 250), size, kernel)).toEqual(
        flat(side, side, 10, 130, 250),
      );
    }
  });

  test.each(smooth)("does not shift the picture with %s", (kernel) => {
    const ramp = Array.from({ length: 32 }, (_, x) => x * 8);
    for (const width of [12, 16, 40, 48, 64]) {
      const row = redRows(resample(grey(ramp), { width, height: 1 }, kernel))[0] ?? [];
      const inner = [...row.entries()].slice(width / 4, -width / 4);
      for (const [x, value] of inner) {
        const wanted = (((x + 0.5) * 32) / width - 0.5) * 8;
        expect(Math.abs(value - wanted)).toBeLessThan(1.5);
      }
    }
  });

  test("treats both axes alike", () => {
    const row = [0, 250, 30, 90, 200];
    const across = redRows(resample(grey(row), { width: 8, height: 1 }, "lanczos3"))[0];
    const column = grey(...row.map((value) => [value]));
    const down = redRows(resample(column, { width: 1, height: 8 }, "lanczos3")).flat();
    expect(down).toEqual(across);
  });

  test("clips what a sharp filter throws beyond black and white", () => {
    const edge = grey([0, 0, 0, 255, 255, 255]);
    const row = redRows(resample(edge, { width: 24, height: 1 }, "lanczos3"))[0] ?? [];
    expect([Math.min(...row), Math.max(...row)]).toEqual([0, 255]);
    expect(row.slice(0, 12)).toEqual(
      row
        .slice(12)
        .map((value) => 255 - value)
        .reverse(),
    );
  });
});

/** Noise by a formula, 48 x 32. */
function noise(): Picture {
  const data = Uint8Array.from(
    { length: 48 * 32 * 3 },
    (_, at) => ((7919 * at * at + 104_729 * at) % 65_521) % 256,
  );
  return { width: 48, height: 32, channels: 3, data };
}

// Of Pillow 12: Image.fromarray(noise).resize((width, height), …).tobytes(), with its own three filters.
test.each([
  ["lanczos3", 131, 67, "6f364ac942de0022"],
  ["lanczos3", 20, 9, "8260ea6526d1267c"],
  ["lanczos3", 48, 16, "d28b5b250f1c8355"],
  ["cubic", 131, 67, "82425f0e999b1f23"],
  ["cubic", 20, 9, "7d18fc29ca206cb9"],
  ["cubic", 48, 16, "da4cf8d1dbfb8e3d"],
  ["linear", 131, 67, "02d0a3a37d44bb4a"],
  ["linear", 20, 9, "c9b2b25d55171a2b"],
  ["linear", 48, 16, "f17f639f4d1a7470"],
] as const)("gives Pillow's bytes: %s, %i x %i", (kernel, width, height, digest) => {
  const { data } = resampleAsPillow(noise(), { width, height }, kernel);
  expect(createHash("sha256").update(data).digest("hex").slice(0, 16)).toBe(digest);
});
