import { expect, test } from "vitest";
import { parseVariants } from "./parse-variant.ts";

test("reads a name, named inputs and another graph", () => {
  expect(parseVariants(["full", "weak: imageScale=0.5, steps=2, graph=other.json"])).toEqual([
    { name: "full", graph: undefined, settings: [] },
    {
      name: "weak",
      graph: "other.json",
      settings: [
        ["imageScale", "0.5"],
        ["steps", "2"],
      ],
    },
  ]);
});

test.each([
  [[], "no variant is given"],
  [["full"], "one variant alone is given"],
  [["full", "full: steps=2"], 'two variants are called "full"'],
  [["full", ": steps=2"], "has no name"],
  [["full", "weak: steps"], 'has no "="'],
])("refuses %j", (texts, what) => {
  expect(() => parseVariants(texts)).toThrow(what);
});
