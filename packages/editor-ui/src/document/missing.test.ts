import { checkGraph, type GraphDocument, validateGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { findNeeds, replaceType, setParams } from "./missing.ts";

const model = {
  type: "model.insightedit",
  version: 1,
  title: "Model",
  doc: "Loads a model.",
  category: "model",
  inputs: {},
  params: {
    checkpoint: { kind: "text", default: "insightedit-mini", folderPrefix: "dir:", doc: "Name." },
  },
  outputs: {},
} as const;
const catalogue = { ...exampleCatalogue, [model.type]: model };
const graph: GraphDocument = {
  ...exampleGraph,
  nodes: {
    ...exampleGraph.nodes,
    odd: { type: "generation.decod", version: 1 },
    model: { type: model.type, version: 1, params: { checkpoint: "large" } },
    trained: { type: model.type, version: 1, params: { checkpoint: "dir:/trained" } },
    inner: { type: "graph:part", version: 1 },
    sample: { type: "generation.sample", version: 9 },
  },
  graphs: {
    part: {
      nodes: {
        again: { type: "generation.decod", version: 1 },
        picture: { type: "image.load", version: 1, params: { path: "b.png" } },
      },
    },
  },
};
const link = (node: string) => ({ node, output: "text" });
const needs = findNeeds(graph, catalogue, validateGraph(graph, catalogue));

test("types that are not installed are listed with the ones called most alike", () => {
  expect(needs.types).toMatchObject([{ type: "generation.decod", count: 2 }]);
  expect(needs.types[0]?.closest[0]).toBe("generation.decode");
});

test("nodes of a newer version are listed", () => {
  expect(needs.newer).toEqual(["Sample"]);
});

test("checkpoints and pictures that nodes name are found, inside subgraphs too; folders are not", () => {
  expect(needs.checkpoints.map(({ name }) => name)).toEqual(["large"]);
  expect(needs.pictures).toEqual([
    { name: "a.png", nodes: ["Load image"], places: [{ node: "load", param: "path" }] },
    {
      name: "b.png",
      nodes: ["Load image"],
      places: [{ node: "picture", param: "path", subgraph: "part" }],
    },
  ]);
});

test("a checkpoint whose name is linked is looked for where the name is written", () => {
  const words = {
    ...model,
    type: "text.value",
    inputs: {},
    params: { text: { kind: "text", default: "", doc: "Text." } },
    outputs: { text: { type: "text", doc: "The text." } },
  } as const;
  const named = { type: model.type, version: 1, inputs: { checkpoint: link("name") } };
  const linked: GraphDocument = {
    ...exampleGraph,
    nodes: {
      name: { type: words.type, version: 1, params: { text: "dreamlite" } },
      model: named,
      other: { ...named, inputs: { checkpoint: link("worked-out") } },
      "worked-out": { type: words.type, version: 1, inputs: { text: link("name") } },
    },
  };
  const found = findNeeds(linked, { ...catalogue, [words.type]: words }, []).checkpoints;
  expect(found).toEqual([
    { name: "dreamlite", nodes: ["Model"], places: [{ node: "name", param: "text" }] },
  ]);
});

test("a type is replaced everywhere, and a picture where it is used", () => {
  const replaced = produce(graph, replaceType("generation.decod", "generation.decode", catalogue));
  expect(replaced.nodes["odd"]?.type).toBe("generation.decode");
  expect(replaced.graphs?.["part"]?.nodes["again"]?.type).toBe("generation.decode");
  const places = needs.pictures[1]?.places ?? [];
  const filled = produce(graph, setParams(places, "c.png"));
  expect(filled.graphs?.["part"]?.nodes["picture"]?.params).toEqual({ path: "c.png" });
  expect(filled.nodes).toEqual(graph.nodes);
});

test("a whole graph lacks nothing for certain", () => {
  const { issues } = checkGraph(exampleGraph, exampleCatalogue);
  const { types, newer, checkpoints } = findNeeds(exampleGraph, exampleCatalogue, issues);
  expect([types, newer, checkpoints]).toEqual([[], [], []]);
});
