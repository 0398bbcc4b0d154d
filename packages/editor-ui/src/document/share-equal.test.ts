import fc from "fast-check";
import { expect, test } from "vitest";
import { shareEqual } from "./share-equal.ts";

test("equal parts keep their identity", () => {
  const before = { nodes: { a: { x: 1, list: [1, 2] }, b: { x: 2 } }, name: "n" };
  const after = { nodes: { a: { x: 1, list: [1, 2] }, b: { x: 3 } }, name: "n" };
  const shared = shareEqual(before, after);
  expect(shared).toEqual(after);
  expect(shared.nodes.a).toBe(before.nodes.a);
  expect(shared.nodes.b).not.toBe(before.nodes.b);
  expect(shareEqual(before, structuredClone(before))).toBe(before);
});

test("the result always equals what came after", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(shareEqual(before, after)).toEqual(after);
    }),
  );
});
