import { expect, test } from "vitest";
import { foldSquares, unfoldSquares } from "./fold-squares.ts";

test("a square becomes four channels, and comes back", () => {
  const data = Float32Array.from({ length: 16 }, (_, at) => at);
  const latent = { dtype: "float32", shape: [1, 2, 2, 4], data } as const;
  const folded = foldSquares(latent);
  expect(folded.shape).toEqual([1, 8, 1, 2]);
  // Channel 0: rows 0 1 2 3 and 4 5 6 7.
  expect([...folded.data].slice(0, 8)).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
  expect(unfoldSquares(folded)).toEqual(latent);
});
