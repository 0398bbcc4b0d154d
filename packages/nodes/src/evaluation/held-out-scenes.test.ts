import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationHeldOutScenes } from "./held-out-scenes.ts";

const run = (count: number, first: number) =>
  evaluationHeldOutScenes.run({}, { count, first, objects: "all" }, runContext());

test("gives the same scenes wherever the lists begin", async () => {
  const [four, two] = [await run(4, 0), await run(2, 2)];
  expect(four.seed).toEqual([0, 1, 2, 3]);
  expect(four.operation).toEqual(["remove", "add", "replace", "recolor"]);
  for (const [name, list] of Object.entries(two)) {
    expect(list).toEqual(four[name as keyof typeof four].slice(2));
  }
});

test("marks exactly the pixels that differ", async () => {
  const { source, target, mask } = await run(1, 0);
  const [before, after, inside] = [source[0]?.data, target[0]?.data, mask[0]?.data];
  const isOutside = (at: number): boolean => inside?.[Math.floor(at / 3)] === 0;
  expect(inside?.some((value) => value === 255)).toBe(true);
  expect(before?.every((value, at) => value === after?.[at] || !isOutside(at))).toBe(true);
});

test("refuses scenes that there are not", async () => {
  await expect(run(10, 295)).rejects.toMatchObject({ at: { path: "params.count" } });
});
