import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listLength } from "./length.ts";

test("counts", async () => {
  expect(await listLength.run({ list: ["a", "b"] }, {}, plainRun)).toEqual({ number: 2 });
});
