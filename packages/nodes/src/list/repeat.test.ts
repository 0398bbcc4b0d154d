import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listRepeat } from "./repeat.ts";

test("gives a value several times", async () => {
  const item = { any: "thing" };
  expect(await listRepeat.run({ item }, { count: 3 }, plainRun)).toEqual({
    list: [item, item, item],
  });
  expect(await listRepeat.run({ item }, { count: 0 }, plainRun)).toEqual({ list: [] });
});
