import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listNumbers } from "./numbers.ts";

test("reads numbers with any separator, and names what is not a number", async () => {
  const run = async (numbers: string) => listNumbers.run({}, { numbers }, plainRun);
  expect(await run("1, 2.5\n-3;1e3")).toEqual({ numbers: [1, 2.5, -3, 1000] });
  await expect(run("1, two")).rejects.toMatchObject({
    code: "node.bad-input",
    what: '"two" is not a number',
    at: { path: "params.numbers" },
  });
});
