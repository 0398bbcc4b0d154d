import { produce } from "immer";
import { expect, test } from "vitest";
import { disconnect, removeNodes } from "./edits.ts";
import { exampleGraph } from "./example.fixture.ts";
import { putMark } from "./marks.ts";
import {
  emptySelection,
  pruneSelection,
  selectLink,
  selectMark,
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

test("a note is selected until it is gone", () => {
  const note = { kind: "note", id: "a", text: "", x: 0, y: 0, width: 90, height: 90 } as const;
  const graph = produce(exampleGraph, putMark(note));
  const selection = selectMark(note);
  expect(pruneSelection(selection, graph)).toBe(selection);
  expect(pruneSelection(selection, exampleGraph)).toEqual(emptySelection);
});

test("a selection that still holds stays the same object", () => {
  const selection = selectLink({ node: "encode", input: "image" });
  expect(pruneSelection(selection, exampleGraph)).toBe(selection);
});
