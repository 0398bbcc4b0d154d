import { produce } from "immer";
import { expect, test } from "vitest";
import { type GraphEdit, removeNodes, setParam, toggle } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { describeChanges, seedOf, toWords } from "./variant.ts";

const name = (edit: GraphEdit) =>
  describeChanges(produce(exampleGraph, edit), exampleGraph, exampleCatalogue);

test("seed and places are no differences", () => {
  expect(describeChanges(exampleGraph, exampleGraph, exampleCatalogue)).toBe("");
  expect(name(setParam("sample", "seed", 9))).toBe("");
});

test("a variant is named by what is off and what is set otherwise", () => {
  expect(name(toggle(["sample"], "bypassed"))).toBe("no Sample");
  expect(name(removeNodes(["compare"]))).toBe("no Compare");
  expect(name(setParam("sample", "steps", 4))).toBe("steps 4");
  expect(name(setParam("load", "path", "pictures/cat.png"))).toBe("cat.png");
});

test("the seed is the set one, else the type's default", () => {
  expect(seedOf(exampleGraph, exampleCatalogue)).toBe(7);
  const other = produce(exampleGraph, setParam("sample", "seed", 11));
  expect(seedOf(other, exampleCatalogue)).toBe(11);
});

test("a name in code reads as words", () => {
  expect(toWords("imageGuidance")).toBe("image guidance");
  expect(toWords("mm-tokens")).toBe("mm tokens");
});
