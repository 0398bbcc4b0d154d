import {
  checkGraph,
  type GraphDocument,
  parseGraph,
  resolveGraphFiles,
  stringifyGraph,
  validateGraph,
} from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes } from "./fold.ts";
import {
  fileReferences,
  holdsReference,
  isNodeFile,
  takeReference,
  toNodeFile,
} from "./node-file.ts";
import { unfoldNode } from "./unfold.ts";

function fold(graph: GraphDocument, ids: readonly string[], title: string): GraphDocument {
  const { catalogue, typing } = checkGraph(graph, exampleCatalogue);
  return produce(graph, foldNodes(graph, catalogue, typing, ids, title).edit);
}

const inner = fold(exampleGraph, ["encode", "sample"], "Inner");
const document = fold(inner, ["inner", "decode"], "Outer");

/** What the server reads of a reusable node's file. */
async function read(text: string, name = "outer"): Promise<GraphDocument> {
  const file = { file: "nodes/outer.json", nodes: {} };
  const asked: GraphDocument = {
    format: "insightgraph",
    version: 1,
    nodes: {},
    graphs: { [name]: file },
  };
  return resolveGraphFiles(asked, async () => parseGraph(text));
}

async function kept(): Promise<GraphDocument> {
  const file = toNodeFile(document, "outer", "nodes/outer.json");
  if (file === undefined) throw new Error("there is no such subgraph");
  return produce(document, takeReference("outer", await read(stringifyGraph(file))));
}

test("reusable nodes lie in folders named nodes, wherever these are", () => {
  const files = ["nodes/a.json", "nodes/b/a.json", "portraits/nodes/a.json"];
  expect(files.filter(isNodeFile)).toEqual(files);
  expect(["a.json", "nodes.json", "my-nodes/a.json"].filter(isNodeFile)).toEqual([]);
});

test("a subgraph becomes a graph of its own, with those that it uses", () => {
  const file = toNodeFile(document, "outer", "nodes/outer.json");
  expect(Object.keys(file?.graphs ?? {})).toEqual(["inner"]);
  expect(file?.name).toBe("Outer");
  expect(Object.keys(file?.outputs ?? {})).toEqual(["image"]);
  expect(parseGraph(stringifyGraph(file ?? document))).toEqual(file);
  expect(toNodeFile(document, "gone", "nodes/gone.json")).toBeUndefined();
});

test("the document refers to the file from then on, and does the same work", async () => {
  const graph = await kept();
  expect([...fileReferences(graph)]).toEqual([["outer", "nodes/outer.json"]]);
  expect(validateGraph(graph, exampleCatalogue)).toEqual([]);
  expect(Object.keys(graph.graphs ?? {}).sort()).toEqual(["outer", "outer.inner"]);
  const written = parseGraph(stringifyGraph(graph));
  expect(written.graphs).toEqual({ outer: { file: "nodes/outer.json", nodes: {} } });
});

test("a file that was changed meanwhile is noticed and taken", async () => {
  const graph = await kept();
  const file = toNodeFile(document, "outer", "nodes/outer.json") ?? document;
  expect(holdsReference(graph, "outer", await read(stringifyGraph(file)))).toBe(true);
  const changed = await read(stringifyGraph({ ...file, name: "Better" }));
  expect(holdsReference(graph, "outer", changed)).toBe(false);
  const taken = produce(graph, takeReference("outer", changed));
  expect(taken.graphs?.["outer"]?.name).toBe("Better");
  expect(holdsReference(taken, "outer", changed)).toBe(true);
});

test("unfolded, what came with the file belongs to the document and survives saving", async () => {
  const graph = await kept();
  const made = unfoldNode(graph, "outer");
  const unfolded = made === undefined ? graph : produce(graph, made.edit);
  expect(Object.keys(unfolded.graphs ?? {})).toEqual(["outer.inner"]);
  expect(validateGraph(parseGraph(stringifyGraph(unfolded)), exampleCatalogue)).toEqual([]);
});

test("a reusable node that uses another one names it from its own folder", async () => {
  const graph = await kept();
  const around = fold(graph, ["outer", "compare"], "Around");
  const names = (file: string, target = "nodes/around.json") =>
    toNodeFile(
      produce(around, (draft) => {
        const outer = draft.graphs?.["outer"];
        if (outer !== undefined) outer.file = file;
      }),
      "around",
      target,
    )?.graphs?.["outer"]?.file;
  expect(names("nodes/outer.json")).toBe("outer.json");
  expect(names("parts/outer.json")).toBe("../parts/outer.json");
  expect(names("nodes/a/outer.json")).toBe("a/outer.json");
  expect(names("nodes/outer.json", "nodes/a/around.json")).toBe("../outer.json");
  expect(names("nodes/a/outer.json", "nodes/a/around.json")).toBe("outer.json");
  expect(names("nodes/b/outer.json", "nodes/a/around.json")).toBe("../b/outer.json");
});
