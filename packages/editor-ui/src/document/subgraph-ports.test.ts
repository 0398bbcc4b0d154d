import { checkGraph, validateGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { removeNodes } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes } from "./fold.ts";
import { editAt } from "./levels.ts";
import { removePort, renamePort } from "./subgraph-ports.ts";

const { catalogue, typing } = checkGraph(exampleGraph, exampleCatalogue);
const fold = foldNodes(exampleGraph, catalogue, typing, ["encode", "sample", "decode"], "Part");
const folded = produce(exampleGraph, fold.edit);
const port = (side: "inputs" | "outputs", name: string) => ({ side, port: name });

test("a renamed port is followed inside the subgraph and wherever it is used", () => {
  const renames = [
    renamePort("part", port("inputs", "image"), "picture"),
    renamePort("part", port("inputs", "seed"), "luck"),
    renamePort("part", port("outputs", "image"), "edited"),
  ];
  const graph = renames.reduce((before, edit) => produce(before, edit), folded);
  expect(Object.keys(graph.nodes["part"]?.inputs ?? {})).toEqual(["picture"]);
  expect(graph.inputs).toEqual({ seed: { node: "part", param: "luck" } });
  expect(graph.nodes["compare"]?.inputs?.["after"]).toEqual({ node: "part", output: "edited" });
  expect(validateGraph(graph, exampleCatalogue)).toEqual([]);
});

test("a name that is taken or empty, and a port that is gone, do no harm", () => {
  const taken = produce(folded, renamePort("part", port("inputs", "image"), "seed"));
  expect(Object.keys(taken.graphs?.["part"]?.inputs ?? {})).toEqual(["seed-2", "seed"]);
  expect(validateGraph(taken, exampleCatalogue)).toEqual([]);
  for (const [name, to] of [
    ["image", "  "],
    ["image", "image"],
    ["gone", "a"],
  ] as const) {
    expect(produce(folded, renamePort("part", port("inputs", name), to))).toBe(folded);
  }
});

test("a removed port takes its links along", () => {
  const without = produce(folded, removePort("part", port("outputs", "image")));
  expect(without.nodes["compare"]?.inputs).toEqual({ before: { node: "load", output: "image" } });
  expect(without.outputs).toEqual({});
  const codes = validateGraph(without, exampleCatalogue).map(({ code }) => code);
  expect(codes).toEqual(["graph.missing-input"]);
});

test("a port that ends with its node inside ends in every graph around it", () => {
  const whole = checkGraph(folded, exampleCatalogue);
  const outer = foldNodes(folded, whole.catalogue, whole.typing, ["part", "load"], "Whole");
  const nested = produce(folded, outer.edit);
  const { catalogue: known } = checkGraph(nested, exampleCatalogue);
  const inside = editAt(["whole", "part"], removeNodes(["sample", "decode"]), known);
  const graph = produce(nested, inside);
  expect(graph.inputs).toEqual({});
  expect(graph.outputs).toEqual({});
  expect(graph.graphs?.["whole"]?.inputs).toEqual({});
  const codes = validateGraph(graph, exampleCatalogue).map(({ code }) => code);
  expect(codes).toEqual(["graph.missing-input"]);
});
