import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberMath } from "./math.ts";

type Operation = Parameters<typeof numberMath.run>[1]["operation"];

async function calculate(operation: Operation, a: number, b: number): Promise<number> {
  return (await numberMath.run({ a, b }, { operation }, plainRun)).number;
}

test.each([
  ["add", 9],
  ["subtract", 3],
  ["multiply", 18],
  ["divide", 2],
  ["remainder", 0],
  ["power", 216],
  ["minimum", 3],
  ["maximum", 6],
] as const)("can %s", async (operation, result) => {
  expect(await calculate(operation, 6, 3)).toBe(result);
});

test("has a remainder that is never negative for a positive divisor", async () => {
  expect(await calculate("remainder", -7, 3)).toBe(2);
});

test.each(["divide", "remainder"] as const)("refuses to %s by zero", async (operation) => {
  await expect(calculate(operation, 6, 0)).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "inputs.b" },
    what: "6 cannot be divided by zero",
  });
});

test("refuses a result that is no number", async () => {
  for (const [operation, a, b] of [
    ["multiply", 1e300, 1e300],
    ["power", -1, 0.5],
  ] as const) {
    await expect(calculate(operation, a, b)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.operation" },
    });
  }
});
