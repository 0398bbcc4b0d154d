import type { GraphDocument, Link } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { sourceOf } from "./node-at.ts";

const text = (node: string): Link => ({ node, output: "text" });
const node = (type: string, inputs: Readonly<Record<string, Link>> = {}) => ({
  type,
  version: 1,
  inputs,
});

/** `use` runs a graph with two named inputs, one of which is connected. */
const graph: GraphDocument = {
  format: "insightgraph",
  version: 1,
  nodes: { given: node("text.value"), use: node("graph:part", { one: text("given") }) },
  graphs: {
    part: {
      nodes: { one: node("text.value"), other: node("text.value") },
      inputs: { one: text("one"), other: text("other") },
      outputs: { one: text("one"), other: text("other") },
    },
  },
};

test("a link leads past an output that is replaced to what replaces it", () => {
  expect(sourceOf(graph, {}, { node: "use", output: "one" })).toEqual(text("given"));
  expect(sourceOf(graph, {}, text("one"), ["use"])).toEqual(text("given"));
});

test("a link leads to the output itself where nothing replaces it", () => {
  expect(sourceOf(graph, {}, { node: "use", output: "other" })).toEqual(text("use/other"));
  expect(sourceOf(graph, {}, text("other"), ["use"])).toEqual(text("use/other"));
});
