import { expect, test } from "vitest";
import { widerForm } from "./fit-weights.ts";

test.each([
  ["cpu", "float32", undefined],
  ["cuda", "float32", undefined],
  ["webgpu", "float32", "float32"],
  ["dml", "float32", "float32"],
  ["cuda", "float16", "float16"],
  ["cpu", "float16", "float16"],
] as const)("[N18] bfloat16 on %s in %s is read as %s", (provider, precision, form) => {
  expect(widerForm({ provider, precision })).toBe(form);
});
