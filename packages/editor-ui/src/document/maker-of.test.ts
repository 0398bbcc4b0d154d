import { checkGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes } from "./fold.ts";
import { makerOf, sourceOf } from "./maker-of.ts";

const { catalogue, typing } = checkGraph(exampleGraph, exampleCatalogue);
const inside = ["encode", "sample", "decode"];
const document = produce(
  exampleGraph,
  foldNodes(exampleGraph, catalogue, typing, inside, "Part").edit,
);

test("a value is followed through subgraphs to the node that gives it", () => {
  const made = { node: "part/decode", output: "image" };
  expect(sourceOf(document, { node: "part", output: "image" })).toEqual(made);
  expect(makerOf(document, { node: "part", output: "image" }).type).toBe("generation.decode");
  const loaded = { node: "load", output: "image" };
  expect(sourceOf(document, loaded)).toEqual(loaded);
  const gone = { node: "part", output: "gone" };
  expect(sourceOf(document, gone)).toEqual(gone);
});
