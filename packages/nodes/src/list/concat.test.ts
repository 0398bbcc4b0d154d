import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listConcat } from "./concat.ts";

test("puts lists one after the other", async () => {
  expect(await listConcat.run({ a: [1], c: [2, 3] }, {}, plainRun)).toEqual({ list: [1, 2, 3] });
});
