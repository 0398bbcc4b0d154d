import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listCross } from "./cross.ts";

test("pairs each with each, and refuses to grow without bounds", async () => {
  expect(await listCross.run({ a: ["x", "y"], b: [1, 2, 3] }, {}, plainRun)).toEqual({
    a: ["x", "x", "x", "y", "y", "y"],
    b: [1, 2, 3, 1, 2, 3],
  });
  const many = new Array<number>(1001).fill(0);
  const run = async () => listCross.run({ a: many, b: many }, {}, plainRun);
  await expect(run()).rejects.toMatchObject({ code: "node.bad-input" });
});
