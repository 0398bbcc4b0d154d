import { produce } from "immer";
import { expect, test } from "vitest";
import { disconnect, removeNodes } from "./edits.ts";
import { exampleGraph } from "./example.fixture.ts";
import {
  emptySelection,
  pruneSelection,
  selectLink,
  selectNodes,
  toggleNode,
} from "./selection.ts";

test("a node can be added to the selection and taken out again", () => {
  const both = toggleNode(selectNodes(["load"]), "encode");
  expect([...both.nodes]).toEqual(["load", "encode"]);
  expect([...toggleNode(both, "load").nodes]).toEqual(["encode"]);
});

test("what is gone is no longer selected", () => {
  const without = produce(exampleGraph, removeNodes(["encode"]));
  expect(pruneSelection(selectNodes(["load", "encode"]), without)).toEqual(selectNodes(["load"]));
  const end = { node: "encode", input: "image" };
  const unlinked = produce(exampleGraph, disconnect(end));
  expect(pruneSelection(selectLink(end), unlinked)).toEqual(emptySelection);
});

test("a selection that still holds stays the same object", () => {
  const selection = selectLink({ node: "encode", input: "image" });
  expect(pruneSelection(selection, exampleGraph)).toBe(selection);
});
