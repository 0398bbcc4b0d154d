import type { GraphDocument, NodeTypeSpec } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { requestRun } from "../connection/run-state.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { type EditorState, initialState } from "../state/editor-state.ts";
import { labelOf, listedRuns, ownRuns } from "./run-names.ts";

const document = {
  id: "d1",
  name: "mine",
  version: 1,
  isSaved: true,
  undoSteps: 0,
  redoSteps: 0,
  windows: 1,
};
const state: EditorState = {
  ...initialState,
  catalogue: exampleCatalogue,
  opened: exampleGraph,
  document,
  documents: [document, { ...document, id: "d2", name: "theirs" }],
};
const sample = { type: "generation.sample", version: 1, params: { steps: 3 } };
const graph: GraphDocument = { ...exampleGraph, nodes: { ...exampleGraph.nodes, sample } };
const requested = (requestId: string, documentId?: string) =>
  requestRun([], { requestId, graph, ...(documentId === undefined ? {} : { documentId }) });
const runs = [
  ...requested("own", "d1"),
  ...requested("other", "d2"),
  ...requested("closed", "d3"),
  ...requested("nobody"),
];

test("a run is named by how its graph differs, one of another document by that", () => {
  expect(runs.map((run) => labelOf(run, state))).toEqual([
    "steps 3 · seed 7",
    "theirs · seed 7",
    "another graph · seed 7",
    "steps 3 · seed 7",
  ]);
});

test("a run without a difference is named by the text that its graph asks for, else as opened", () => {
  const text: NodeTypeSpec = {
    ...{ type: "text.text", version: 1, title: "Text", doc: "A text.", category: "text" },
    ...{ inputs: {}, params: { text: { kind: "text", default: "", doc: "Text." } }, outputs: {} },
  };
  const nodes = { words: { type: "text.text", version: 1, params: { text: "add a hat" } } };
  const opened: GraphDocument = {
    ...{ ...exampleGraph, nodes, inputs: { instruction: { node: "words", param: "text" } } },
    outputs: {},
  };
  const catalogue = { ...exampleCatalogue, "text.text": text };
  const labelFor = (graph: GraphDocument) =>
    requestRun([], { requestId: "one", graph, documentId: "d1" }).map((run) =>
      labelOf(run, { ...state, opened: graph, catalogue }),
    );
  expect(labelFor(opened)).toEqual(["“add a hat”"]);
  expect(labelFor(exampleGraph)).toEqual(["as opened · seed 7"]);
});

test("runs of another document are not listed, unless they were picked in the history", () => {
  const idsOf = (found: readonly { readonly requestId: string }[]) =>
    found.map(({ requestId }) => requestId);
  expect(idsOf(ownRuns({ ...state, runs }))).toEqual(["own"]);
  expect(idsOf(listedRuns({ ...state, runs }))).toEqual(["own", "nobody"]);
  expect(idsOf(listedRuns({ ...state, runs, picked: ["other"] }))).toEqual([
    ...["own", "other", "nobody"],
  ]);
});
