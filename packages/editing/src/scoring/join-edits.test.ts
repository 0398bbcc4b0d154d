import { expect, test } from "vitest";
import { type EditLists, joinEdits } from "./join-edits.ts";

const picture = (side: number, value: number) => ({
  width: side,
  height: side,
  channels: 3 as const,
  data: new Uint8Array(side * side * 3).fill(value),
});
const mask = { width: 2, height: 2, data: Uint8Array.of(255, 0, 0, 0) };
const lists: EditLists = {
  source: [picture(2, 1), picture(2, 2)],
  target: [picture(2, 3), picture(2, 4)],
  mask: [mask, mask],
  result: [picture(2, 5), picture(4, 6)],
  operation: ["add", "remove"],
  kind: ["simple", "reasoning"],
};

test("goes through the lists in step, and gives results the sources' size", () => {
  const [first, second, ...others] = joinEdits(lists);
  expect(others).toEqual([]);
  expect(first).toEqual({
    source: picture(2, 1),
    target: picture(2, 3),
    mask: mask.data,
    result: picture(2, 5),
    operation: "add",
    kind: "simple",
  });
  expect(second).toMatchObject({ operation: "remove", result: picture(2, 6) });
});

test.each([
  ["kind", { kind: ["simple"] }],
  ["result", { result: [] }],
  ["target", { target: [picture(2, 3), picture(3, 4)] }],
  ["mask", { mask: [mask, { ...mask, width: 4, height: 1 }] }],
])("refuses %s that does not fit", (argument, changed) => {
  expect(() => joinEdits({ ...lists, ...changed })).toThrow(
    expect.objectContaining({ code: "argument.unfit", argument }),
  );
});
