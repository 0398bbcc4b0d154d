import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { flowFirst } from "./first.ts";

test("passes on the first available value", async () => {
  expect(await flowFirst.run({ b: 2, c: 3 }, {}, plainRun)).toEqual({ value: 2 });
  await expect((async () => flowFirst.run({}, {}, plainRun))()).rejects.toMatchObject({
    code: "node.bad-input",
  });
});
