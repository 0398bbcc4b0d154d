import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { flowFirst } from "./first.ts";

test("hands on the first value there is", async () => {
  expect(await flowFirst.run({ b: 2, c: 3 }, {}, plainRun)).toEqual({ value: 2 });
  await expect((async () => flowFirst.run({}, {}, plainRun))()).rejects.toMatchObject({
    code: "node.bad-input",
  });
});
