import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listOf } from "./of.ts";

test("lists what is connected, in order; unconnected places close up", async () => {
  expect(await listOf.run({ c: 3, a: 1 }, {}, plainRun)).toEqual({ list: [1, 3] });
  expect(await listOf.run({}, {}, plainRun)).toEqual({ list: [] });
});
