import { stringifyGraph } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { createFakeServer } from "../connection/fake-server.fixture.ts";
import { removeNodes, setParam } from "../document/edits.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { selectNodes } from "../document/selection.ts";
import { createEditor } from "./editor.ts";
import { graphOf } from "./editor-state.ts";

const welcome = {
  type: "welcome",
  catalogue: exampleCatalogue,
  portTypes: {},
  graph: exampleGraph,
  graphName: "example.json",
  device: "CPU",
  version: "0.1.0",
  documents: [],
  documentId: "served",
  runs: [],
} as const;

function openEditor() {
  const server = createFakeServer();
  let requests = 0;
  const editor = createEditor({
    open: server.open,
    wait: server.wait,
    createRequestId: () => `q${++requests}`,
  });
  server.accept();
  server.send(welcome);
  const graph = () => graphOf(editor.store.get());
  return { editor, graph, server, state: editor.store.get };
}

test("the served graph opens, unchanged and saved", () => {
  const { graph, state } = openEditor();
  expect(graph()).toEqual(exampleGraph);
  expect(state()).toMatchObject({ graphName: "example.json", connection: "online", issues: [] });
  expect(state().saved).toBe(graph());
});

test("a run sends the graph as it stands", () => {
  const { editor, graph, server, state } = openEditor();
  editor.edit(setParam("sample", "steps", 3));
  editor.run();
  expect(server.received).toEqual([{ type: "run", requestId: "q1", graph: graph() }]);
  expect(state().runs).toMatchObject([{ requestId: "q1", phase: "queued" }]);
  editor.run(["encode"]);
  expect(server.received.at(-1)).toMatchObject({ outputs: ["encode"] });
});

test("cancel asks for the end of what is running", () => {
  const { editor, server } = openEditor();
  editor.run();
  editor.cancel();
  expect(server.received).toHaveLength(1);
  server.send({ type: "run-started", requestId: "q1", runId: "r1", graph: exampleGraph });
  editor.cancel();
  expect(server.received.at(-1)).toEqual({ type: "cancel", runId: "r1" });
});

test("a refused run tells what is wrong where, and the next run clears it", () => {
  const { editor, server, state } = openEditor();
  editor.run();
  const issue = { code: "graph.missing-input", what: "no", nodeId: "encode", hint: "x" } as const;
  server.send({ type: "run-rejected", requestId: "q1", issues: [issue] });
  expect(state().notice).toMatchObject({ tone: "failed", issues: [issue] });
  editor.run();
  expect(state().notice).toBeUndefined();
});

function openNewerEditor() {
  const opened = openEditor();
  const { "generation.sample": sample, ...others } = exampleCatalogue;
  if (sample === undefined) throw new Error("the example has lost its sampler");
  const catalogue = { ...others, "generation.sample": { ...sample, version: 2 } };
  opened.server.send({ ...welcome, catalogue });
  const current = { ...exampleGraph.nodes["sample"], type: "generation.sample", version: 2 };
  const migrated = { ...exampleGraph, nodes: { ...exampleGraph.nodes, sample: current } };
  opened.editor.openGraph(stringifyGraph(exampleGraph), "old.json");
  return { ...opened, migrated };
}

test("an opened graph with older nodes is brought up to date, and is then unsaved", () => {
  const { graph, server, state, migrated } = openNewerEditor();
  const sent = graph();
  expect(server.received).toEqual([{ type: "migrate", requestId: "q1", graph: sent }]);
  server.send({ type: "migrated", requestId: "q0", graph: migrated });
  expect(graph()).toBe(sent);
  server.send({ type: "migrated", requestId: "q1", graph: migrated });
  expect(graph().nodes["sample"]?.version).toBe(2);
  expect(state()).toMatchObject({ graphName: "old.json", saved: sent, notice: { tone: "info" } });
});

test("what a person has changed meanwhile is not overwritten by a migrated graph", () => {
  const { editor, graph, server, migrated } = openNewerEditor();
  editor.edit(setParam("sample", "steps", 3));
  server.send({ type: "migrated", requestId: "q1", graph: migrated });
  expect(graph().nodes["sample"]).toMatchObject({ version: 1, params: { steps: 3 } });
});

test("edits made offline survive the next welcome, and running says why it cannot", () => {
  const { editor, graph, server, state } = openEditor();
  server.drop();
  editor.edit(setParam("sample", "steps", 3));
  editor.run();
  expect(state()).toMatchObject({ connection: "offline", runs: [], notice: { tone: "failed" } });
  server.passTime();
  server.accept();
  server.send(welcome);
  expect(graph().nodes["sample"]?.params).toEqual({ steps: 3 });
});

test("a page that comes back shows the runs that the server knows, and can cancel them", () => {
  const { editor, server, state } = openEditor();
  editor.run();
  const run = { runId: "r1", requestId: "q1", graph: exampleGraph };
  server.send({ type: "run-started", ...run });
  server.drop();
  expect(state().runs).toMatchObject([{ requestId: "q1", phase: "running" }]);
  server.passTime();
  server.accept();
  const events = [{ type: "node-started", nodeId: "sample" }] as const;
  const other = { runId: "r2", requestId: "other-page", graph: exampleGraph };
  const error = { code: "process.lost", what: "it died", hint: "Again." } as const;
  const failed = { ...other, state: "failed", events: [{ type: "run-failed", error }] } as const;
  server.send({ ...welcome, runs: [{ ...run, state: "running", events }, failed] });
  expect(state().runs).toMatchObject([
    { requestId: "q1", phase: "running", nodes: { sample: { phase: "running" } } },
    { requestId: "other-page", phase: "failed" },
  ]);
  // What failed while nobody looked is no news.
  expect(state().notice).toBeUndefined();
  editor.cancel();
  expect(server.received.at(-1)).toEqual({ type: "cancel", runId: "r1" });
});

test("a run that another page asks for appears while it runs", () => {
  const { server, state } = openEditor();
  const graph = { ...exampleGraph, name: "other" };
  server.send({ type: "run-started", runId: "r2", requestId: "other-page", graph });
  server.send({ type: "run-finished", runId: "r2", ms: 4 });
  expect(state().runs).toMatchObject([{ requestId: "other-page", phase: "finished", graph }]);
});

test("every edit is validated, and undo brings back what it took", () => {
  const { editor, graph, state } = openEditor();
  editor.select(selectNodes(["load", "sample"]));
  editor.edit(removeNodes(["load"]));
  expect(state().selection.nodes).toEqual(new Set(["sample"]));
  expect(state().issues.map((issue) => issue.nodeId)).toEqual(["encode", "compare"]);
  editor.undo();
  expect(graph()).toBe(state().saved);
  expect(state().issues).toEqual([]);
});

test("a saved graph opens again as it was; a broken one is refused in words", () => {
  const { editor, graph, state } = openEditor();
  editor.edit(setParam("sample", "steps", 3));
  const text = editor.saveGraph();
  expect(state().saved).toBe(graph());
  editor.newGraph();
  editor.openGraph(text, "mine.json");
  expect(graph().nodes["sample"]?.params).toEqual({ steps: 3 });
  expect(state().graphName).toBe("mine.json");
  editor.openGraph("{", "broken.json");
  expect(state().notice?.text).toMatch(/^broken\.json could not be opened/);
  expect(graph().nodes["sample"]?.params).toEqual({ steps: 3 });
});

test("a graph with graphs inside and fed params opens, is known whole, and is saved byte for byte", () => {
  const { editor, state } = openEditor();
  const link = (node: string, output: string) => ({ node, output });
  const inner = {
    name: "Soften",
    nodes: {
      code: {
        type: "generation.encode",
        version: 1,
        inputs: { image: link("$inputs", "image") },
        ui: { x: 0, y: 0 },
      },
      paint: {
        type: "generation.decode",
        version: 1,
        inputs: { latent: link("code", "latent") },
        ui: { x: 300, y: 0 },
      },
    },
    inputs: { image: { type: "image" } },
    outputs: { image: link("paint", "image") },
  };
  const text = stringifyGraph({
    ...exampleGraph,
    nodes: {
      ...exampleGraph.nodes,
      soft: {
        type: "graph:soften",
        version: 1,
        inputs: { image: link("load", "image") },
        ui: { x: 5, y: 5 },
      },
    },
    graphs: { soften: inner },
  });
  editor.openGraph(text, "nested.json");
  expect(state().issues).toEqual([]);
  expect(state().catalogue["graph:soften"]).toMatchObject({
    title: "Soften",
    inputs: { image: { type: "image" } },
    outputs: { image: { type: "image" } },
  });
  expect(editor.saveGraph()).toBe(text);
  editor.newGraph();
  expect(state().catalogue["graph:soften"]).toBeUndefined();
});
