import { expect, test } from "vitest";
import type { DenoiserInputs } from "./denoiser.ts";
import { requireConditions } from "./require-conditions.ts";
import type { TensorValue } from "./tensor.ts";

function blank(...shape: readonly number[]): TensorValue {
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: "float32", shape, data: new Float32Array(count) };
}

const sizes = { width: 24, textTokens: 3, imageTokens: 4, visual: [8, 2, 2] } as const;
const fitting = {
  condition: blank(1, 3, 24),
  negative: blank(1, 3, 24),
  visual: blank(1, 8, 2, 2),
  imageCondition: { tokens: blank(1, 4, 24), scale: 1 },
};

/** The argument that is refused, and why. */
function refusal(changed: Partial<DenoiserInputs>) {
  try {
    requireConditions({ ...fitting, ...changed } as DenoiserInputs, sizes);
  } catch (error) {
    return error;
  }
  return undefined;
}

test("takes what fits, and only a text", () => {
  expect(refusal({})).toBeUndefined();
  expect(
    refusal({ negative: undefined, visual: undefined, imageCondition: undefined }),
  ).toBeUndefined();
});

test.each<[string, Partial<DenoiserInputs>, string]>([
  ["condition", { condition: blank(1, 3, 12) }, "its states are 12 wide, but the network reads 24"],
  ["condition", { condition: blank(1, 2, 24) }, "it has 2 tokens, but the network reads 3"],
  ["negative", { negative: blank(1, 9, 24) }, "it has 9 tokens, but the network reads 3"],
  [
    "visual",
    { visual: blank(1, 4, 2, 2) },
    "it has 4 x 2 x 2 numbers, but the network adds 8 x 2 x 2",
  ],
  [
    "visual",
    { visual: blank(1, 8, 2, 3) },
    "it has 8 x 2 x 3 numbers, but the network adds 8 x 2 x 2",
  ],
  [
    "imageCondition",
    { imageCondition: { tokens: blank(1, 4, 6), scale: 1 } },
    "its tokens are 6 wide, but the network reads 24",
  ],
  [
    "imageCondition",
    { imageCondition: { tokens: blank(1, 5, 24), scale: 1 } },
    "it has 5 tokens, but the network reads 4",
  ],
])("refuses %s of another size", (argument, changed, what) => {
  expect(refusal(changed)).toMatchObject({ code: "argument.unfit", argument });
  expect(String(refusal(changed))).toContain(what);
});
