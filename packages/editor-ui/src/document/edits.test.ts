import type { GraphDocument } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import {
  addNode,
  connect,
  disconnect,
  type GraphEdit,
  linkInto,
  moveNodes,
  removeNodes,
  renameNode,
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

test("a node is called by its own title until that is empty", () => {
  const named = change(renameNode("load", "  My picture "));
  expect(named.nodes["load"]?.ui).toEqual({ x: 0, y: 0, title: "My picture" });
  expect(change(renameNode("load", " "), named).nodes["load"]?.ui).toEqual({ x: 0, y: 0 });
});

test("edits of a node that is gone change nothing", () => {
  const edits = [
    setParam("gone", "steps", 3),
    moveNodes({ gone: { x: 1, y: 1 } }),
    toggle(["gone"], "muted"),
    renameNode("gone", "a"),
    connect({ node: "load", output: "image" }, { node: "gone", input: "image" }),
  ];
  for (const edit of edits) expect(change(edit)).toBe(exampleGraph);
});
