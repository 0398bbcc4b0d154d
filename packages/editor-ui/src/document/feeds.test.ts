import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { feedsFor } from "./feeds.ts";

test("a param can be fed by outputs of its type and by lists of them, not by its own node", () => {
  const about = { version: 1, title: "T", doc: "D.", category: "c", inputs: {}, params: {} };
  const number = { type: "number", doc: "D." };
  const catalogue = {
    ...exampleCatalogue,
    one: { ...about, type: "one", outputs: { number } },
    many: { ...about, type: "many", outputs: { all: { ...number, type: "list of number" } } },
  };
  const node = (type: string) => ({ type, version: 1 });
  const nodes = { ...exampleGraph.nodes, a: node("one"), b: node("many"), c: node("none") };
  expect(feedsFor({ ...exampleGraph, nodes }, catalogue, "sample", "number")).toEqual([
    { node: "a", output: "number" },
    { node: "b", output: "all" },
  ]);
  expect(feedsFor({ ...exampleGraph, nodes }, catalogue, "a", "number")).toHaveLength(1);
});
