import { expect, it } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberMath } from "./number-math.ts";

type Operation = Parameters<typeof numberMath.run>[1]["operation"];

async function calculate(operation: Operation, a: number, b: number): Promise<number> {
  return (await numberMath.run({ a, b }, { operation }, plainRun)).number;
}

it.each([
  ["add", 9],
  ["subtract", 3],
  ["multiply", 18],
  ["divide", 2],
] as const)("can %s", async (operation, result) => {
  expect(await calculate(operation, 6, 3)).toBe(result);
});

it("refuses to divide by zero", async () => {
  await expect(calculate("divide", 6, 0)).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "inputs.b" },
    what: "6 cannot be divided by zero",
  });
});

it("refuses a result that is no number", async () => {
  await expect(calculate("multiply", 1e300, 1e300)).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.operation" },
  });
});
