import { expect, test } from "vitest";
import { findSight, isSameSight } from "./sight.ts";

const size = { width: 1000, height: 800 };
const row = (count: number) =>
  new Map(
    Array.from({ length: count }, (_, at) => [
      `n${at}`,
      { x: at * 300, y: 0, width: 200, height: 100 },
    ]),
  );

test("only nodes on the screen and near it are drawn in detail", () => {
  const { isFar, nodes } = findSight(row(1000), { x: 0, y: 0, zoom: 1 }, size);
  expect(isFar).toBe(false);
  expect([...nodes]).toEqual(["n0", "n1", "n2", "n3"]);
  expect(findSight(row(9), { x: 0, y: 5000, zoom: 1 }, size).nodes.size).toBe(0);
});

test("many nodes that are too small to read are plain boxes; few ones never are", () => {
  const far = { x: 0, y: 0, zoom: 0.05 };
  expect(findSight(row(1000), far, size)).toEqual({ isFar: true, nodes: new Set() });
  expect(findSight(row(12), far, size).nodes.size).toBe(12);
});

test("what has the keyboard stays, and what is gone does not", () => {
  const far = { x: 0, y: 0, zoom: 0.05 };
  expect([...findSight(row(1000), far, size, ["n7", "gone"]).nodes]).toEqual(["n7"]);
});

test("two sights of the same nodes are the same", () => {
  const one = { isFar: false, nodes: new Set(["a"]) };
  expect(isSameSight(one, { isFar: false, nodes: new Set(["a"]) })).toBe(true);
  expect(isSameSight(one, { isFar: false, nodes: new Set(["b"]) })).toBe(false);
});
