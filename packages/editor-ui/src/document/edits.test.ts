import { type GraphDocument, validateGraph } from "@insightgraph/engine/graph";
import fc from "fast-check";
import { produce } from "immer";
import { expect, test } from "vitest";
import {
  addNode,
  connect,
  copyIds,
  disconnect,
  duplicateNodes,
  type GraphEdit,
  linkInto,
  moveNodes,
  removeNodes,
  setParam,
  toggle,
} from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";

const change = (edit: GraphEdit, graph: GraphDocument = exampleGraph) => produce(graph, edit);

test("a removed node takes its links, graph inputs and outputs along", () => {
  const graph = change(removeNodes(["sample", "decode"]));
  expect(Object.keys(graph.nodes)).toEqual(["load", "encode", "compare"]);
  expect(graph.nodes["compare"]?.inputs).toEqual({ before: { node: "load", output: "image" } });
  expect(graph.inputs).toEqual({});
  expect(graph.outputs).toEqual({});
});

test("the last link of a node leaves no empty table behind", () => {
  const graph = change(disconnect({ node: "encode", input: "image" }));
  expect(graph.nodes["encode"]).not.toHaveProperty("inputs");
});

test("an input holds one link: a new one replaces the old one", () => {
  const graph = change(
    connect({ node: "decode", output: "image" }, { node: "compare", input: "before" }),
  );
  expect(linkInto(graph, { node: "compare", input: "before" })).toEqual({
    node: "decode",
    output: "image",
  });
});

test("a new node has the version of its type and a whole-numbered place", () => {
  const spec = exampleCatalogue["image.load"];
  if (spec === undefined) throw new Error("the fixture lost image.load");
  const graph = change(addNode("load-2", spec, { x: 10.4, y: 20.6 }));
  expect(graph.nodes["load-2"]).toEqual({ type: "image.load", version: 1, ui: { x: 10, y: 21 } });
});

test("a switch goes on for all, then off for all, and never beside the other one", () => {
  const one = change(toggle(["sample"], "muted"));
  const both = change(toggle(["sample", "decode"], "bypassed"), one);
  expect(both.nodes["sample"]).toMatchObject({ bypassed: true });
  expect(both.nodes["sample"]).not.toHaveProperty("muted");
  const none = change(toggle(["sample", "decode"], "bypassed"), both);
  expect(none.nodes["sample"]).not.toHaveProperty("bypassed");
});

test("copies link to each other, and keep links from outside", () => {
  const copies = copyIds(exampleGraph, ["sample", "decode", "gone"]);
  expect(copies).toEqual({ sample: "sample-2", decode: "decode-2" });
  const graph = change(duplicateNodes(copies, { x: 30, y: 30 }, exampleCatalogue));
  expect(graph.nodes["decode-2"]?.inputs?.["latent"]?.node).toBe("sample-2");
  expect(graph.nodes["sample-2"]?.inputs?.["source"]?.node).toBe("encode");
  expect(graph.nodes["sample-2"]?.ui).toEqual({ x: 630, y: 30 });
  expect(graph.nodes["sample"]).toBe(exampleGraph.nodes["sample"]);
});

test("a copy of a node that saves a file gets a file of its own", () => {
  const save = { type: "image.save", version: 1, params: { path: "in/edited.png" } };
  const path = { kind: "file", default: "a.png", purpose: "save", doc: "" } as const;
  const spec = { type: "image.save", version: 1, title: "", doc: "", category: "image" } as const;
  const catalogue = { "image.save": { ...spec, inputs: {}, params: { path }, outputs: {} } };
  const unnamed = { type: "image.save", version: 1 };
  const graph: GraphDocument = { ...exampleGraph, nodes: { save, unnamed } };
  const copies = { save: "save-2", unnamed: "unnamed-2" };
  const twice = [copies, { save: "save-3" }].reduce(
    (before, ids) => change(duplicateNodes(ids, { x: 8, y: 8 }, catalogue), before),
    graph,
  );
  const paths = Object.values(twice.nodes).map(({ params }) => params?.["path"]);
  expect(paths).toEqual([
    "in/edited.png",
    undefined,
    "in/edited-2.png",
    "a-2.png",
    "in/edited-3.png",
  ]);
});

test("edits of a node that is gone change nothing", () => {
  const edits = [
    setParam("gone", "steps", 3),
    moveNodes({ gone: { x: 1, y: 1 } }),
    toggle(["gone"], "muted"),
    connect({ node: "load", output: "image" }, { node: "gone", input: "image" }),
  ];
  for (const edit of edits) expect(change(edit)).toBe(exampleGraph);
});

test("whatever is removed and copied, no link dangles", () => {
  const step = fc.record({
    action: fc.constantFrom("remove", "copy", "toggle"),
    picks: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let graph = exampleGraph;
      for (const { action, picks } of steps) {
        const known = Object.keys(graph.nodes);
        const chosen = picks.flatMap((pick) => known[pick % Math.max(1, known.length)] ?? []);
        if (action === "remove") graph = produce(graph, removeNodes(chosen.slice(0, 1)));
        if (action === "copy") {
          graph = produce(
            graph,
            duplicateNodes(copyIds(graph, chosen), { x: 8, y: 8 }, exampleCatalogue),
          );
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
