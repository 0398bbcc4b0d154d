import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listFirst } from "./first.ts";

test("takes the first ones, or all there are", async () => {
  const run = (count: number) => listFirst.run({ list: [1, 2, 3] }, { count }, plainRun);
  expect(await run(2)).toEqual({ list: [1, 2] });
  expect(await run(9)).toEqual({ list: [1, 2, 3] });
});
