import { type GraphDocument, parseGraph, validateGraph } from "@insightgraph/engine/graph";
import fc from "fast-check";
import { produce } from "immer";
import { expect, test } from "vitest";
import { clipNodes, clipText, duplicateNodes, pasteClip } from "./clipboard.ts";
import { removeNodes, toggle } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";

const options = { at: { x: 0, y: 500 }, isLinked: false, catalogue: exampleCatalogue };
const empty: GraphDocument = { format: "insightgraph", version: 1, nodes: {} };

function duplicate(graph: GraphDocument, ids: readonly string[], catalogue = exampleCatalogue) {
  const { edit, ids: copies } = duplicateNodes(graph, ids, catalogue);
  return { graph: produce(graph, edit), copies };
}

test("copies link to each other, and keep links from outside", () => {
  const { graph, copies } = duplicate(exampleGraph, ["sample", "decode", "gone"]);
  expect(copies).toEqual(["sample-2", "decode-2"]);
  expect(graph.nodes["decode-2"]?.inputs?.["latent"]?.node).toBe("sample-2");
  expect(graph.nodes["sample-2"]?.inputs?.["source"]?.node).toBe("encode");
  expect(graph.nodes["sample"]).toBe(exampleGraph.nodes["sample"]);
});

test("copies spread: none lies exactly on another", () => {
  const once = duplicate(exampleGraph, ["load"]).graph;
  const twice = duplicate(once, ["load"]).graph;
  expect(twice.nodes["load-2"]?.ui).toEqual({ x: 32, y: 32 });
  expect(twice.nodes["load-3"]?.ui).toEqual({ x: 64, y: 64 });
});

test("pasted nodes keep their links among each other, and those from outside only when asked", () => {
  const clip = parseGraph(clipText(exampleGraph, ["sample", "decode"]));
  const plain = pasteClip(clip, exampleGraph, options);
  const pasted = produce(exampleGraph, plain.edit);
  expect(pasted.nodes["sample-2"]).not.toHaveProperty("inputs");
  expect(pasted.nodes["decode-2"]?.inputs).toEqual({
    latent: { node: "sample-2", output: "latent" },
  });
  expect(pasted.nodes["sample-2"]?.ui).toMatchObject({ x: 0, y: 500 });
  const linked = produce(
    exampleGraph,
    pasteClip(clip, exampleGraph, { ...options, isLinked: true }).edit,
  );
  expect(linked.nodes["sample-2"]?.inputs).toEqual({
    source: { node: "encode", output: "latent" },
  });
});

test("in another graph, links to nodes that it lacks are dropped in any case", () => {
  const clip = clipNodes(exampleGraph, ["sample", "decode"]);
  const { edit, ids } = pasteClip(clip, empty, { ...options, isLinked: true });
  expect(ids).toEqual(["sample", "decode"]);
  const codes = validateGraph(produce(empty, edit), exampleCatalogue).map(({ code }) => code);
  expect(codes).toEqual(["graph.missing-input"]);
});

test("a node takes its subgraph along; another subgraph of that name keeps its own", () => {
  const inner = { nodes: { load: { type: "image.load", version: 1 } } };
  const user = { type: "graph:part", version: 1, ui: { x: 0, y: 0 } };
  const from: GraphDocument = { ...empty, nodes: { user }, graphs: { part: inner } };
  const clip = clipNodes(from, ["user"]);
  expect(produce(empty, pasteClip(clip, empty, options).edit).graphs).toEqual({ part: inner });
  expect(Object.keys(produce(from, pasteClip(clip, from, options).edit).graphs ?? {})).toEqual([
    "part",
  ]);
  const other: GraphDocument = { ...empty, graphs: { part: { nodes: {} } } };
  const pasted = produce(other, pasteClip(clip, other, options).edit);
  expect(pasted.graphs).toEqual({ part: { nodes: {} }, "part-2": inner });
  expect(pasted.nodes["user"]?.type).toBe("graph:part-2");
});

test("a copy of a node that saves a file gets a file of its own", () => {
  const save = { type: "image.save", version: 1, params: { path: "in/edited.png" } };
  const path = { kind: "file", default: "a.png", purpose: "save", doc: "" } as const;
  const spec = { type: "image.save", version: 1, title: "", doc: "", category: "image" } as const;
  const catalogue = { "image.save": { ...spec, inputs: {}, params: { path }, outputs: {} } };
  const unnamed = { type: "image.save", version: 1 };
  const graph: GraphDocument = { ...exampleGraph, nodes: { save, unnamed } };
  const once = duplicate(graph, ["save", "unnamed"], catalogue).graph;
  const twice = duplicate(once, ["save"], catalogue).graph;
  const paths = Object.values(twice.nodes).map(({ params }) => params?.["path"]);
  expect(paths).toEqual([
    "in/edited.png",
    undefined,
    "in/edited-2.png",
    "a-2.png",
    "in/edited-3.png",
  ]);
});

test("whatever is removed and copied, no link dangles", () => {
  const step = fc.record({
    action: fc.constantFrom("remove", "copy", "paste", "toggle"),
    picks: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let graph = exampleGraph;
      for (const { action, picks } of steps) {
        const known = Object.keys(graph.nodes);
        const chosen = picks.flatMap((pick) => known[pick % Math.max(1, known.length)] ?? []);
        if (action === "remove") graph = produce(graph, removeNodes(chosen.slice(0, 1)));
        if (action === "copy") graph = duplicate(graph, chosen).graph;
        if (action === "paste") {
          graph = produce(graph, pasteClip(clipNodes(exampleGraph, chosen), graph, options).edit);
        }
        if (action === "toggle") graph = produce(graph, toggle(chosen, "bypassed"));
      }
      const codes = validateGraph(graph, exampleCatalogue).map((issue) => issue.code);
      expect(codes).not.toContain("graph.dangling-link");
      expect(codes).not.toContain("graph.unknown-port");
      expect(codes).not.toContain("graph.cycle");
    }),
    { numRuns: 60 },
  );
});
