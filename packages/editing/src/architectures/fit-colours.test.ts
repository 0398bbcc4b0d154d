import { describe, expect, test } from "vitest";
import { fitColours } from "./fit-colours.ts";

describe("fitColours", () => {
  test("finds the linear map that made the colours", () => {
    const [height, width] = [5, 7];
    const area = height * width;
    const latent = Float32Array.from({ length: 2 * area }, (_, at) =>
      Math.sin(1.7 * at + 0.01 * at * at),
    );
    // Each latent pixel is a square of 2 x 2 pixels: r = a, g = 0.5 b - 1, b = a + b.
    const colour = (plane: number, cell: number): number => {
      const [a = 0, b = 0] = [latent[cell], latent[area + cell]];
      return [a, 0.5 * b - 1, a + b][plane] ?? 0;
    };
    const values = Float32Array.from({ length: 3 * 4 * area }, (_, at) => {
      const [plane, place] = [Math.floor(at / (4 * area)), at % (4 * area)];
      const [y, x] = [Math.floor(place / (2 * width)), place % (2 * width)];
      return colour(plane, Math.floor(y / 2) * width + Math.floor(x / 2));
    });
    const { patch, weight, bias } = fitColours(
      { values: latent, height, width },
      { values, height: 2 * height, width: 2 * width },
    );
    expect(patch).toBe(1);
    const wanted = [1, 0, 1, 0, 0.5, 1];
    // The ridge pulls by some thousandths.
    wanted.forEach((value, at) => {
      expect(weight[at]).toBeCloseTo(value, 2);
    });
    [0, -1, 0].forEach((value, at) => {
      expect(bias[at]).toBeCloseTo(value, 2);
    });
  });
});
