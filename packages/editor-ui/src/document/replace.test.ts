import { checkGraph, type NodeTypeSpec, validateGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { findReplacements } from "./find-replacements.ts";
import { type Replacement, replaceNode } from "./replace.ts";

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

/** Types that are offered, with the links that each would lose. */
const losses = (id: string) =>
  replacements(id).map(({ spec, lost }) => [
    spec.type,
    lost.map(({ source, target, input }) => `${source} → ${target} ${input}`),
  ]);

test("types that keep every link come first, then those that lose the fewest", () => {
  expect(losses("sample")).toEqual([
    ["generation.quick", []],
    ["flow.pass", []],
    ["generation.encode", ["encode → sample source"]],
    ["generation.decode", ["sample → decode latent"]],
  ]);
  expect(replacements("gone")).toEqual([]);
});

test("a type that keeps no link is not offered, but for a node without links all are", () => {
  expect(losses("sample").map(([type]) => type)).not.toContain("image.compare");
  const alone = produce(exampleGraph, (draft) => {
    draft.nodes["alone"] = { type: "image.compare", version: 1 };
  });
  const offered = findReplacements(alone, catalogue, typing, "alone");
  expect(offered).toHaveLength(Object.keys(catalogue).length - 1);
});

test("a type whose sides do not go together keeps the links of one", () => {
  expect(losses("decode")).toContainEqual(["flow.pass", ["decode → compare after"]]);
});

test("links that a type cannot keep go, with what leads them; the others stay", () => {
  const before = produce(exampleGraph, (draft) => {
    const { decode, sample } = draft.nodes;
    if (decode === undefined || sample === undefined) return;
    decode.ui = { ...decode.ui, stops: { latent: [{ x: 1, y: 2 }] } };
    sample.ui = { ...sample.ui, stops: { source: [{ x: 3, y: 4 }] } };
    draft.outputs = { latent: { node: "sample", output: "latent" } };
  });
  const decode = replacements("sample").find(({ spec }) => spec.type === "generation.decode");
  if (decode === undefined) throw new Error("the decoder is not offered");
  const { nodes, inputs, outputs } = produce(before, replaceNode("sample", decode));
  expect(nodes["sample"]?.inputs).toEqual({ latent: { node: "encode", output: "latent" } });
  expect(nodes["sample"]?.ui?.["stops"]).toEqual({ latent: [{ x: 3, y: 4 }] });
  expect(nodes["decode"]?.inputs).toBeUndefined();
  expect(nodes["decode"]?.ui?.["stops"]).toBeUndefined();
  expect([inputs, outputs]).toEqual([{}, {}]);
});

test("a type that takes what some of an output's links carry keeps those", () => {
  const graph = produce(exampleGraph, (draft) => {
    draft.nodes["passed"] = {
      type: "flow.pass",
      version: 1,
      inputs: { value: { node: "sample", output: "latent" } },
    };
  });
  const found = findReplacements(graph, catalogue, checkGraph(graph, catalogue).typing, "sample");
  const decode = found.find(({ spec }) => spec.type === "generation.decode");
  expect(decode?.lost.map(({ target }) => target)).toEqual(["decode"]);
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
