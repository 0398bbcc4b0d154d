import { checkGraph, type NodeTypeSpec, validateGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { findReplacements, type Replacement, replaceNode } from "./replace.ts";

const sample = exampleCatalogue["generation.sample"];
if (sample === undefined) throw new Error("the example lost its sampler");
const latent = { type: "latent", doc: "" };
const quick: NodeTypeSpec = {
  ...sample,
  type: "generation.quick",
  title: "Quick sample",
  inputs: { latent, source: { type: "image", doc: "", optional: true } },
  outputs: { image: { type: "image", doc: "" }, denoised: latent },
  params: { steps: { kind: "integer", default: 4, min: 1, max: 8, doc: "" } },
};
/** Takes anything and gives what it took, so it cannot make a picture of a latent. */
const pass: NodeTypeSpec = {
  ...sample,
  type: "flow.pass",
  inputs: { value: { type: "T", doc: "" } },
  outputs: { value: { type: "T", doc: "" } },
};
const catalogue = { ...exampleCatalogue, [quick.type]: quick, [pass.type]: pass };
const { typing } = checkGraph(exampleGraph, catalogue);
const replacements = (id: string) => findReplacements(exampleGraph, catalogue, typing, id);

function quickSample(): Replacement {
  const found = replacements("sample").find(({ spec }) => spec === quick);
  if (found === undefined) throw new Error("the quick sampler is not offered");
  return found;
}

test("only types that can keep every link are offered", () => {
  expect(replacements("sample").map(({ spec }) => spec.type)).toEqual([
    "generation.quick",
    "flow.pass",
  ]);
  expect(replacements("decode").map(({ spec }) => spec.type)).toEqual(["generation.quick"]);
  expect(replacements("gone")).toEqual([]);
});

test("whatever is offered leaves no link that is wrong", () => {
  for (const id of Object.keys(exampleGraph.nodes)) {
    for (const replacement of replacements(id)) {
      const graph = produce(exampleGraph, replaceNode(id, replacement));
      const codes = validateGraph(graph, catalogue).map(({ code }) => code);
      expect(codes.filter((code) => code !== "graph.missing-input")).toEqual([]);
    }
  }
});

test("links move to the ports that fit, and the graph's own names for them follow", () => {
  const before = { ...exampleGraph, outputs: { latent: { node: "sample", output: "latent" } } };
  const graph = produce(before, replaceNode("sample", quickSample()));
  expect(graph.nodes["sample"]).toMatchObject({
    type: "generation.quick",
    inputs: { latent: { node: "encode", output: "latent" } },
    ui: { x: 600, y: 0 },
  });
  expect(graph.nodes["decode"]?.inputs).toEqual({ latent: { node: "sample", output: "denoised" } });
  expect(graph.outputs).toEqual({ latent: { node: "sample", output: "denoised" } });
  expect(graph.inputs).toEqual({});
});

test("params of the same name stay where the new type takes their value", () => {
  const paramsAfter = (steps: number) => {
    const before = produce(exampleGraph, (draft) => {
      const node = draft.nodes["sample"];
      if (node !== undefined) node.params = { steps, seed: 3 };
    });
    return produce(before, replaceNode("sample", quickSample())).nodes["sample"]?.params;
  };
  expect(paramsAfter(6)).toEqual({ steps: 6 });
  expect(paramsAfter(60)).toBeUndefined();
});
