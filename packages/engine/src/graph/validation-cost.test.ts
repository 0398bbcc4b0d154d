import { expect, test } from "vitest";
import type { NodeCatalogue } from "./catalogue.ts";
import type { GraphDocument, GraphNode } from "./document.ts";
import { validateGraph } from "./validate-graph.ts";

const doc = "D.";
const catalogue: NodeCatalogue = {
  step: {
    type: "step",
    version: 1,
    title: "T",
    doc,
    category: "c",
    inputs: { in: { type: "text", doc, optional: true } },
    params: {},
    outputs: { out: { type: "text", doc } },
  },
};

type NodeAt = (at: number) => Partial<GraphNode>;

function graphOf(count: number, nodeAt: NodeAt, idAt = (at: number) => `n${at}`): GraphDocument {
  const nodes = Array.from({ length: count }, (_, at) => {
    return [idAt(at), { type: "step", version: 1, ...nodeAt(at) }] as const;
  });
  return { format: "insightgraph", version: 1, nodes: Object.fromEntries(nodes) };
}

/** An id of 60 characters: long names take the longest to compare. */
const longId = (at: number): string => `${at}`.padStart(60, "a-node-whose-name-is-long-");
const wrongId = (at: number): string => `${at}`.padStart(60, "another-name-as-long-");
const linkTo = (node: string): Partial<GraphNode> => ({ inputs: { in: { node, output: "out" } } });

/** A row of nodes that ends at one node of each of 3,000 rings of two. */
function manyRings(): GraphDocument {
  const row = graphOf(6000, (at) => linkTo(at === 5999 ? "end" : `n${at + 1}`));
  const rings = graphOf(
    6000,
    (at) => linkTo(`r${at % 2 === 0 ? at + 1 : at - 1}`),
    (at) => `r${at}`,
  );
  const ends = Array.from({ length: 3000 }, (_, at) => {
    return [`i${at}`, { node: `r${at * 2}`, output: "out" }] as const;
  });
  const end = { type: "step", version: 1, inputs: Object.fromEntries(ends) };
  return { ...row, nodes: { ...row.nodes, end, ...rings.nodes } };
}

/** A node with thousands of links that its subgraph, with thousands of inputs, does not have. */
function wideSubgraph(): GraphDocument {
  const names = Array.from({ length: 20_000 }, (_, at) => at);
  const inputs = names.map((at) => [`i${at}`, { type: "text", optional: true }] as const);
  const links = names.map((at) => [`j${at}`, { node: "b", output: "out" }] as const);
  const a = { type: "graph:g", version: 1, inputs: Object.fromEntries(links) };
  const b = { type: "step", version: 1 };
  const graphs = { g: { nodes: {}, inputs: Object.fromEntries(inputs) } };
  return { format: "insightgraph", version: 1, nodes: { a, b }, graphs };
}

test.each([
  ["10,000 dangling links", () => graphOf(10_000, (at) => linkTo(wrongId(at)), longId), 10_000],
  ["20,000 unknown types", () => graphOf(20_000, (at) => ({ type: wrongId(at) })), 20_000],
  [
    "10,000 chained bypasses",
    () => graphOf(10_000, (at) => ({ bypassed: true, ...(at > 0 ? linkTo(`n${at - 1}`) : {}) })),
    0,
  ],
  ["3,000 rings after a row of 6,000 nodes", manyRings, 3100],
  ["20,000 wrong inputs of a subgraph with 20,000 inputs", wideSubgraph, 20_000],
] as const)("validates %s in less than a second of CPU time", (_name, make, count) => {
  const graph = make();
  const before = process.cpuUsage();
  expect(validateGraph(graph, catalogue)).toHaveLength(count);
  const { user } = process.cpuUsage(before);
  expect(user / 1e6).toBeLessThan(1);
});

test("the first faults still get the most similar name", () => {
  const graph = graphOf(
    2,
    (at) => (at === 0 ? linkTo("frist") : {}),
    (at) => (at === 0 ? "a" : "first"),
  );
  expect(validateGraph(graph, catalogue)).toMatchObject([{ hint: 'Did you mean "first"?' }]);
});
