import { validateGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { addNode, linkInto } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { findInsertionOf, findInsertions, insertNode } from "./insert.ts";

const end = { node: "decode", input: "latent" };
const link = { node: "sample", output: "latent" };

test("what takes the one end of a link and gives the other fits between them", () => {
  expect([...findInsertions(exampleGraph, exampleCatalogue, end)]).toEqual([
    ["generation.sample", { input: "source", output: "latent" }],
  ]);
  expect(findInsertions(exampleGraph, exampleCatalogue, { ...end, input: "gone" }).size).toBe(0);
});

test("a node without links comes between, and the graph stays whole", () => {
  const spec = exampleCatalogue["generation.sample"];
  if (spec === undefined) throw new Error("the example lost its sampler");
  const loose = produce(exampleGraph, addNode("again", spec, { x: 0, y: 0 }));
  const by = findInsertionOf(loose, exampleCatalogue, "again", end);
  if (by === undefined) throw new Error("it does not fit");
  const graph = produce(loose, insertNode("again", link, end, by));
  expect(linkInto(graph, end)).toEqual({ node: "again", output: "latent" });
  expect(linkInto(graph, { node: "again", input: "source" })).toEqual(link);
  expect(validateGraph(graph, exampleCatalogue)).toEqual([]);
});

test("a node that is linked already, or of another type, does not come between", () => {
  const of = (id: string) => findInsertionOf(exampleGraph, exampleCatalogue, id, end);
  expect(of("sample")).toBeUndefined();
  expect(of("load")).toBeUndefined();
  expect(of("gone")).toBeUndefined();
});
