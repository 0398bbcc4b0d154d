import { checkGraph, type GraphDocument, validateGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { connect, disconnect, type GraphEdit, moveNodes, removeNodes, setParam } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes } from "./fold.ts";
import {
  editAt,
  graphAt,
  graphOutputs,
  isEditable,
  issuesAt,
  knownLevel,
  newPort,
  portNodeTypes,
} from "./levels.ts";

function fold(graph: GraphDocument, ids: readonly string[], title: string): GraphEdit {
  const { catalogue, typing } = checkGraph(graph, exampleCatalogue);
  return foldNodes(graph, catalogue, typing, ids, title).edit;
}

const document = produce(exampleGraph, fold(exampleGraph, ["encode", "sample", "decode"], "Part"));
const { catalogue } = checkGraph(document, exampleCatalogue);
const level = ["part"];
const change = (edit: GraphEdit) => produce(document, editAt(level, edit, catalogue));

test("an open subgraph shows its nodes between its own ports", () => {
  const graph = graphAt(document, level);
  expect(Object.keys(graph.nodes)).toEqual(["$inputs", "encode", "sample", "decode", "$outputs"]);
  expect(graph.nodes[graphOutputs]?.inputs).toEqual({ image: { node: "decode", output: "image" } });
  expect(graphAt(document, level)).toBe(graph);
  expect(graphAt(document, [])).toBe(document);
  const types = portNodeTypes(document, level, catalogue);
  expect(Object.keys(types["$inputs"]?.outputs ?? {})).toEqual(["image", newPort]);
  expect(types["$outputs"]?.inputs["image"]?.type).toBe("image");
});

test("an edit of a level changes that subgraph and nothing else", () => {
  const edited = change(setParam("sample", "steps", 3));
  expect(edited.graphs?.["part"]?.nodes["sample"]?.params).toEqual({ steps: 3 });
  expect(edited.nodes).toBe(document.nodes);
  expect(edited.graphs?.["part"]?.nodes["encode"]).toBe(document.graphs?.["part"]?.nodes["encode"]);
  expect(change(setParam("gone", "steps", 3))).toBe(document);
  const shown = graphAt(edited, level);
  expect(Object.keys(shown.nodes)).toEqual(Object.keys(graphAt(document, level).nodes));
});

test("a link to a port's plus makes a port, of the type that is wanted there", () => {
  const link = { node: "$inputs", output: newPort };
  const edited = change(connect(link, { node: "sample", input: "hint" }));
  expect(edited.graphs?.["part"]?.inputs?.["hint"]).toMatchObject({ type: "latent" });
  expect(edited.graphs?.["part"]?.nodes["sample"]?.inputs?.["hint"]).toEqual({
    node: "$inputs",
    output: "hint",
  });
  const out = change(
    connect({ node: "sample", output: "latent" }, { node: graphOutputs, input: newPort }),
  );
  expect(out.graphs?.["part"]?.outputs).toEqual({
    image: { node: "decode", output: "image" },
    latent: { node: "sample", output: "latent" },
  });
  expect(validateGraph(out, exampleCatalogue)).toEqual([]);
});

test("the nodes of the ports can be moved and unlinked, but not removed", () => {
  const moved = change(moveNodes({ [graphOutputs]: { x: 7, y: 8 } }));
  expect(graphAt(moved, level).nodes[graphOutputs]?.ui).toEqual({ x: 7, y: 8 });
  expect(
    change(disconnect({ node: graphOutputs, input: "image" })).graphs?.["part"],
  ).not.toHaveProperty("outputs");
  expect(change(removeNodes([graphOutputs])).graphs?.["part"]?.outputs).toEqual(
    document.graphs?.["part"]?.outputs,
  );
});

test("what is folded inside a subgraph is another subgraph of the document", () => {
  const { typing } = checkGraph(document, exampleCatalogue);
  const inner = graphAt(document, level);
  const folded = change(foldNodes(inner, catalogue, typing, ["encode", "sample"], "Inner").edit);
  expect(Object.keys(folded.graphs ?? {})).toEqual(["part", "inner"]);
  expect(Object.keys(graphAt(folded, ["part", "inner"]).nodes)).toContain("sample");
  expect(validateGraph(folded, exampleCatalogue)).toEqual([]);
});

test("a subgraph that is read from a file is shown and stays as it is", () => {
  const part = document.graphs?.["part"];
  if (part === undefined) throw new Error("nothing was folded");
  const read = { ...document, graphs: { part: { ...part, file: "part.json" } } };
  expect(isEditable(read, level)).toBe(false);
  expect(isEditable(document, level)).toBe(true);
  expect(produce(read, editAt(level, setParam("sample", "steps", 3), catalogue))).toBe(read);
});

test("a level that is gone gives way to the one around it", () => {
  expect(knownLevel(document, level)).toBe(level);
  expect(knownLevel(document, ["part", "gone"])).toEqual(["part"]);
  expect(knownLevel(exampleGraph, level)).toEqual([]);
});

test("a cycle is marked at every node of it", () => {
  const edit = connect({ node: "decode", output: "image" }, { node: "encode", input: "image" });
  const round = produce(exampleGraph, edit);
  const marked = issuesAt(round, [], validateGraph(round, exampleCatalogue)).map(
    ({ nodeId }) => nodeId,
  );
  expect([...marked].sort()).toEqual(["decode", "encode", "sample"]);
});

test("what is wrong inside a node marks it, and the node that runs its subgraph", () => {
  const broken = change(disconnect({ node: "decode", input: "latent" }));
  const issues = validateGraph(broken, exampleCatalogue);
  expect(issuesAt(broken, [], issues)).toMatchObject([{ nodeId: "part" }]);
  expect(issuesAt(broken, [], issues)[0]?.what).toMatch(/^decode: /);
  expect(issuesAt(broken, level, issues)).toMatchObject([
    { nodeId: "decode", path: "inputs.latent" },
  ]);
});
