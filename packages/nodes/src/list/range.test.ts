import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listRange } from "./range.ts";

test("counts at equal distances without adding up errors", async () => {
  const run = (start: number, step: number, count: number) =>
    listRange.run({}, { start, step, count }, plainRun);
  expect(await run(1, 1, 4)).toEqual({ numbers: [1, 2, 3, 4] });
  expect(await run(0, 0.1, 4)).toEqual({ numbers: [0, 0.1, 0.2, 0.3] });
  expect(await run(5, -2, 3)).toEqual({ numbers: [5, 3, 1] });
  expect(await run(1, 1, 0)).toEqual({ numbers: [] });
});
