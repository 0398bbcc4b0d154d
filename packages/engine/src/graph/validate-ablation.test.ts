import { expect, test } from "vitest";
import { applyChanges } from "./apply-changes.ts";
import type { NodeCatalogue, NodeTypeSpec, PortSpec } from "./catalogue.ts";
import type { GraphDocument, NodeChange } from "./document.ts";
import { parseGraph } from "./parse-graph.ts";
import { stringifyGraph } from "./stringify-graph.ts";
import { validateAblation } from "./validate-ablation.ts";
import { validateGraph } from "./validate-graph.ts";

const doc = "D.";
const port = (type: string, optional = false): PortSpec => ({ type, doc, optional });
const about = { title: "T", doc, category: "c" };
const specs: readonly NodeTypeSpec[] = [
  {
    ...about,
    ...{ type: "load", version: 3, inputs: {}, outputs: { image: port("image") } },
    params: { path: { kind: "text", default: "", doc } },
  },
  {
    ...about,
    ...{ type: "bridge", version: 1, params: {}, inputs: { image: port("image") } },
    outputs: { text: port("text"), visual: port("latent") },
  },
  {
    ...about,
    ...{ type: "plain-bridge", version: 2, params: {}, inputs: { image: port("image") } },
    outputs: { text: port("text") },
  },
  {
    ...about,
    ...{ type: "draw", version: 1, outputs: { image: port("image") } },
    inputs: { text: port("text"), visual: port("latent", true) },
    params: { steps: { kind: "integer", default: 1, min: 1, max: 9, doc } },
  },
];
const catalogue: NodeCatalogue = Object.fromEntries(specs.map((spec) => [spec.type, spec]));

const graph: GraphDocument = {
  format: "insightgraph",
  version: 1,
  nodes: {
    source: { type: "load", version: 3, params: { path: "a.png" } },
    bridge: { type: "bridge", version: 1, inputs: { image: { node: "source", output: "image" } } },
    draw: {
      type: "draw",
      version: 1,
      params: { steps: 2 },
      inputs: {
        text: { node: "bridge", output: "text" },
        visual: { node: "bridge", output: "visual" },
      },
    },
  },
  outputs: { picture: { node: "draw", output: "image" } },
};

const withVariant = (...changes: readonly NodeChange[]): GraphDocument => ({
  ...graph,
  ablation: { axes: [{ name: "a", variants: [{ name: "full" }, { name: "v", changes }] }] },
});
const issuesOf = (...changes: readonly NodeChange[]) =>
  validateAblation(withVariant(...changes), catalogue);

test("[X3] a node of another type keeps the links that fit, and what may stay empty does", () => {
  const changed = applyChanges(graph, catalogue, [{ node: "bridge", type: "plain-bridge" }]);
  expect(changed.nodes["bridge"]).toEqual({
    type: "plain-bridge",
    version: 2,
    inputs: { image: { node: "source", output: "image" } },
  });
  expect(changed.nodes["draw"]?.inputs).toEqual({ text: { node: "bridge", output: "text" } });
  expect(validateGraph(changed, catalogue)).toEqual([]);
  expect(changed.nodes["source"]).toBe(graph.nodes["source"]);
  expect(graph.nodes["draw"]?.inputs).toHaveProperty("visual");
});

test("[X3] params are set beside the others, and nodes of a subgraph are reached by its name", () => {
  const { nodes, outputs = {} } = graph;
  const inner = { nodes, outputs, file: "edit.json" };
  const outer: GraphDocument = {
    ...graph,
    nodes: { edit: { type: "graph:edit", version: 1 } },
    outputs: { picture: { node: "edit", output: "picture" } },
    graphs: { edit: inner },
  };
  const changes = [{ node: "graph:edit/draw", params: { steps: 4 }, bypassed: true }];
  const { graphs } = applyChanges(outer, catalogue, changes);
  expect(graphs?.["edit"]?.nodes["draw"]).toMatchObject({ params: { steps: 4 }, bypassed: true });
  expect(graphs?.["edit"]).not.toHaveProperty("file");
  expect(() => applyChanges(outer, catalogue, [{ node: "graph:edits/draw" }])).toThrow(
    'no subgraph "edits"',
  );
});

test("[X4] a variant that names what is not there, does not fit or gives nothing is found", () => {
  expect(issuesOf({ node: "bridge", type: "plain-bridge" })).toEqual([]);
  expect(issuesOf({ node: "drow", params: { steps: 1 } })).toMatchObject([
    { code: "graph.unknown-node", nodeId: "drow", hint: 'Did you mean "draw"?' },
  ]);
  expect(issuesOf({ node: "draw", type: "drew" })).toMatchObject([
    { code: "graph.unknown-type", what: 'a "v": there is no node type "drew"' },
  ]);
  expect(issuesOf({ node: "bridge", type: "load" })).toMatchObject([
    { code: "graph.dangling-link", nodeId: "draw" },
  ]);
  expect(issuesOf({ node: "draw", params: { steps: 10 } })).toMatchObject([
    { code: "param.range", nodeId: "draw" },
  ]);
  expect(issuesOf({ node: "draw", muted: true })).toMatchObject([
    { code: "graph.ablation", what: 'a "v": nothing is left to give "picture"' },
  ]);
});

test("[X4] what is wrong without variants is left to the graph's own validation", () => {
  const broken = { ...withVariant({ node: "draw", params: { steps: 1 } }) };
  const nodes = { ...broken.nodes, other: { type: "gone", version: 1 } };
  expect(validateAblation({ ...broken, nodes }, catalogue)).toEqual([]);
  expect(validateAblation(graph, catalogue)).toEqual([]);
  const axes = [{ name: "a", variants: [] }];
  expect(validateAblation({ ...graph, ablation: { axes } }, catalogue)).toMatchObject([
    { code: "graph.ablation", path: "ablation.axes.0.variants" },
  ]);
});

test("an ablation comes back byte for byte, and wrong shapes are refused with their place", () => {
  const text = stringifyGraph(withVariant({ node: "draw", params: { steps: 4 } }));
  expect(stringifyGraph(parseGraph(text))).toBe(text);
  const parse = (ablation: unknown) => () => parseGraph({ ...graph, ablation });
  expect(parse({})).toThrow("graph.shape at ablation.axes: expected a list");
  expect(parse({ axes: [1] })).toThrow("graph.shape at ablation.axes.0: expected an object");
  expect(parse({ axes: [], combine: "sum" })).toThrow("expected product or zip");
  expect(parse({ axes: [], exclude: [{ a: 1 }] })).toThrow("ablation.exclude.0.a");
  expect(parse({ axes: [{ name: "a", variants: [{ name: "b", changes: [{}] }] }] })).toThrow(
    "ablation.axes.0.variants.0.changes.0.node",
  );
});
