import type { GraphDocument } from "@insightgraph/engine/graph";
import type { ServerMessage } from "@insightgraph/engine/protocol";
import { expect, test } from "vitest";
import { reduceRuns, requestRun } from "../connection/run-state.ts";
import { moveNodes, setParam, toggle } from "../document/edits.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { createSynced, editSynced } from "../document/synced-graph.ts";
import { type EditorState, initialState } from "../state/editor-state.ts";
import { shownPair } from "./shown-pictures.ts";

const pictures = { source: "c291cmNl", result: "cmVzdWx0", inner: "aW5uZXI=" };
const url = (name: keyof typeof pictures) => `data:image/png;base64,${pictures[name]}`;
const file = "/api/files?path=a.png";
const document = {
  id: "d1",
  name: "mine",
  version: 1,
  isSaved: true,
  undoSteps: 0,
  redoSteps: 0,
  windows: 1,
};

function finished(
  nodeId: string,
  name?: keyof typeof pictures,
  digests: Readonly<Record<string, string>> = {},
): ServerMessage {
  const previews =
    name === undefined
      ? {}
      : { image: { kind: "image", mime: "image/png", base64: pictures[name] } as const };
  const facts = { cached: false, ms: 1, digests, previews };
  return { type: "node-finished", runId: "r1", nodeId, ...facts };
}

const over = { type: "run-finished", runId: "r1", ms: 9 } as const;

/** The page after a run of a graph, which it shows. */
function after(graph: GraphDocument, ...events: readonly ServerMessage[]): EditorState {
  const documentId = "d1";
  const started = { type: "run-started", requestId: "q1", runId: "r1", graph, documentId } as const;
  const requested = requestRun([], { requestId: "q1", graph, documentId });
  const runs = [started, ...events].reduce(reduceRuns, requested);
  const synced = createSynced(graph, 1);
  return { ...initialState, catalogue: exampleCatalogue, document, synced, runs };
}

const whole = [finished("load", "source"), finished("decode", "result"), over];
const edited = (state: EditorState, edit: Parameters<typeof editSynced>[2]): EditorState => ({
  ...state,
  synced: editSynced(state.synced, "e", edit),
});

test("the latest run's source and result are compared", () => {
  expect(shownPair(after(exampleGraph, ...whole))).toEqual({
    before: { url: url("source"), label: "source" },
    after: { url: url("result"), label: "result" },
  });
});

test("where the last node chooses among pictures, the one that it chose is the result", () => {
  const graph: GraphDocument = {
    ...exampleGraph,
    nodes: {
      ...exampleGraph.nodes,
      chosen: {
        type: "flow.switch",
        version: 1,
        inputs: {
          a: { node: "load", output: "image" },
          b: { node: "decode", output: "image" },
        },
      },
      compare: {
        type: "image.compare",
        version: 1,
        inputs: {
          before: { node: "load", output: "image" },
          after: { node: "chosen", output: "value" },
        },
      },
    },
  };
  const shown = after(
    graph,
    finished("load", "source", { image: "one" }),
    finished("decode", "result", { image: "two" }),
    finished("chosen", undefined, { value: "two" }),
    finished("compare", "inner", { image: "both" }),
    over,
  );
  expect(shownPair(shown).after).toEqual({ url: url("result"), label: "result" });
});

test("an edit before the result marks it as older; a moved node does not", () => {
  const state = after(exampleGraph, ...whole);
  const steps = shownPair(edited(state, setParam("sample", "steps", 3)));
  expect(steps.after).toEqual({ url: url("result"), label: "result before your changes" });
  const moved = shownPair(edited(state, moveNodes({ load: { x: 5, y: 5 } })));
  expect(moved.after?.label).toBe("result");
});

test("a changed source is shown at once, alone", () => {
  const state = edited(after(exampleGraph, ...whole), setParam("load", "path", "b.png"));
  expect(shownPair(state)).toEqual({
    before: { url: "/api/files?path=b.png", label: "source" },
    note: "Run to see the edit of this picture.",
  });
});

test.each(["bypassed", "muted"] as const)(
  "where the last node is %s, the run shows the last picture that it made, or says that it made none",
  (how) => {
    const off = editSynced(createSynced(exampleGraph, 1), "e", toggle(["decode"], how)).shown;
    expect(shownPair(after(off, finished("load", "source"), finished("sample"), over))).toEqual({
      before: { url: url("source"), label: "source" },
      note: "This run made no picture.",
    });
    const made = shownPair(
      after(off, finished("load", "source"), finished("sample", "inner"), over),
    );
    expect(made.after).toEqual({ url: url("inner"), label: "Sample · image" });
  },
);

test("a run to a node before the end shows what it made there", () => {
  const state = after(exampleGraph, finished("load", "source"), finished("encode", "inner"), over);
  expect(shownPair(state).after).toEqual({ url: url("inner"), label: "Encode · image" });
});

test("a result inside a subgraph is found", () => {
  const { compare: _compare, ...nodes } = exampleGraph.nodes;
  const graph: GraphDocument = {
    ...exampleGraph,
    nodes: {
      ...nodes,
      decode: { type: "graph:end", version: 1, inputs: nodes["decode"]?.inputs ?? {} },
    },
    graphs: {
      end: {
        nodes: { paint: { type: "generation.decode", version: 1 } },
        outputs: { image: { node: "paint", output: "image" } },
      },
    },
  };
  const state = after(graph, finished("load", "source"), finished("decode/paint", "result"), over);
  expect(shownPair(state).after).toEqual({ url: url("result"), label: "result" });
});

test("a failed run says that it made none, instead of showing the picture of a run before", () => {
  const error = { code: "node.failed", what: "no memory", hint: "Close something." } as const;
  const first = after(exampleGraph, ...whole);
  const again = after(exampleGraph, { type: "run-failed", runId: "r1", error });
  const runs = [...first.runs, ...again.runs.map((run) => ({ ...run, requestId: "q2" }))];
  expect(shownPair({ ...again, runs })).toEqual({
    before: { url: file, label: "source" },
    note: "This run made no picture: failed.",
  });
});

test("until a run shows something, the result before it stays, as such", () => {
  const first = after(exampleGraph, ...whole);
  const again = after(exampleGraph).runs.map((run) => ({ ...run, requestId: "q2" }));
  expect(shownPair({ ...first, runs: [...first.runs, ...again] }).after).toEqual({
    url: url("result"),
    label: "result of the run before",
  });
});

test("runs of another document show nothing here", () => {
  const state = after(exampleGraph, ...whole);
  const elsewhere = { ...state, document: { ...document, id: "d2" } };
  expect(shownPair(elsewhere)).toEqual({ before: { url: file, label: "source" } });
});

test("a file that a node saves is no source, though the node gives pictures", () => {
  const save = { kind: "file", purpose: "save", default: "training", doc: "Folder." } as const;
  const image = { type: "image", doc: "Curves." };
  const train = {
    ...{ type: "test.train", version: 1, title: "Train", doc: "Trains.", category: "test" },
    ...{ inputs: {}, params: { folder: save }, outputs: { image } },
  };
  const graph = {
    ...exampleGraph,
    inputs: {},
    outputs: {},
    nodes: { train: { type: train.type, version: 1 } },
  };
  const state = { ...after(graph), catalogue: { [train.type]: train } };
  expect(shownPair(state).before).toBeUndefined();
});
