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

test("a picture is found inside a subgraph; one that contains itself gives none", () => {
  const { decode: _decode, compare: _compare, ...nodes } = exampleGraph.nodes;
  const graph = {
    ...exampleGraph,
    nodes: {
      ...nodes,
      end: {
        type: "graph:end",
        version: 1,
        inputs: { latent: { node: "sample", output: "latent" } },
      },
    },
    outputs: {},
  };
  const outputs = { image: { node: "inner", output: "image" } };
  const withInner = (type: string) => ({
    ...graph,
    graphs: { end: { nodes: { inner: { type, version: 1 } }, outputs } },
  });
  const source = { node: "load", output: "image" };
  expect(findPictures(withInner("generation.decode"), exampleCatalogue)).toEqual({
    source,
    result: { node: "end", output: "image" },
  });
  expect(findPictures(withInner("graph:end"), exampleCatalogue)).toEqual({ source });
});
