import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listOf } from "./of.ts";

test("lists connected values in order; unconnected inputs are skipped", async () => {
  expect(await listOf.run({ c: 3, a: 1 }, {}, plainRun)).toEqual({ list: [1, 3] });
  expect(await listOf.run({}, {}, plainRun)).toEqual({ list: [] });
});
