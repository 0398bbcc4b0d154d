import type { GraphDocument } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { exampleGraph } from "./example.fixture.ts";
import { layOutByColumns, withPlaces } from "./layout.ts";

const size = () => ({ width: 200, height: 100 });

test("every link goes from left to right, and no two nodes overlap", () => {
  const places = layOutByColumns(exampleGraph, size);
  for (const [id, { inputs }] of Object.entries(exampleGraph.nodes)) {
    for (const link of Object.values(inputs ?? {})) {
      expect(places[link.node]?.x).toBeLessThan(places[id]?.x ?? 0);
    }
  }
  const all = Object.values(places);
  for (const [at, a] of all.entries()) {
    for (const b of all.slice(at + 1)) {
      expect(Math.abs(a.x - b.x) >= 200 || Math.abs(a.y - b.y) >= 100).toBe(true);
    }
  }
});

test("a graph that has all its places is left alone", () => {
  expect(withPlaces(exampleGraph, size)).toBe(exampleGraph);
});

test("only nodes without a place get one, below the others", () => {
  const { ui: _, ...homeless } = exampleGraph.nodes["decode"] ?? { type: "x", version: 1 };
  const nodes = { ...exampleGraph.nodes, decode: homeless };
  const graph: GraphDocument = { ...exampleGraph, nodes };
  const placed = withPlaces(graph, size);
  expect(placed.nodes["load"]).toBe(graph.nodes["load"]);
  expect(placed.nodes["decode"]?.ui?.y).toBeGreaterThan(100);
});

test("a cycle is laid out too", () => {
  const link = (node: string) => ({ a: { node, output: "a" } });
  const graph: GraphDocument = {
    format: "insightgraph",
    version: 1,
    nodes: {
      one: { type: "x", version: 1, inputs: link("two") },
      two: { type: "x", version: 1, inputs: link("one") },
    },
  };
  expect(Object.keys(layOutByColumns(graph, size)).sort()).toEqual(["one", "two"]);
});
