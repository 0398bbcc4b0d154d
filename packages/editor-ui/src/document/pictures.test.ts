import { produce } from "immer";
import { expect, test } from "vitest";
import { removeNodes } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { findPictures } from "./pictures.ts";

test("a node with before and after says which pictures to compare", () => {
  expect(findPictures(exampleGraph, exampleCatalogue)).toEqual({
    source: { node: "load", output: "image" },
    result: { node: "decode", output: "image" },
  });
});

test("without one, the graph's output and the first loaded picture do", () => {
  const graph = produce(exampleGraph, removeNodes(["compare"]));
  expect(findPictures(graph, exampleCatalogue)).toEqual({
    source: { node: "load", output: "image" },
    result: { node: "decode", output: "image" },
  });
});

test("a graph without pictures has none", () => {
  const graph = produce(exampleGraph, removeNodes(["load", "decode", "compare"]));
  expect(findPictures(graph, exampleCatalogue)).toEqual({});
});
