import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationForeignScenes } from "./foreign-scenes.ts";

const run = (count: number, first: number) =>
  evaluationForeignScenes.run({}, { count, first }, runContext());

test("gives the same scenes wherever the lists begin", async () => {
  const [four, two] = [await run(4, 0), await run(2, 2)];
  expect(four.seed).toEqual([0, 1, 2, 3]);
  expect(four.operation).toEqual(["remove", "add", "replace", "recolor"]);
  for (const [name, list] of Object.entries(two)) {
    expect(list).toEqual(four[name as keyof typeof four].slice(2));
  }
});

test("refuses scenes that there are not", async () => {
  await expect(run(10, 195)).rejects.toMatchObject({ at: { path: "params.count" } });
});
