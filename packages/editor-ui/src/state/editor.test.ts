import { parseGraph, stringifyGraph } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { connect, removeNodes, setParam } from "../document/edits.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { selectNodes } from "../document/selection.ts";
import { canUndo, keptIn } from "./editor-state.ts";
import { openEditor } from "./open-editor.fixture.ts";

test("the served graph opens, unchanged and saved", () => {
  const { graph, state } = openEditor();
  expect(graph()).toEqual(exampleGraph);
  expect(state()).toMatchObject({ connection: "online", issues: [] });
  expect(state().document).toMatchObject({ name: "example", file: "example.json", isSaved: true });
  expect(keptIn(state())).toBe("file");
});

test("a run sends the graph as it stands", () => {
  const { editor, graph, server, state, documentId } = openEditor();
  editor.edit(setParam("sample", "steps", 3));
  editor.run();
  expect(server.received).toEqual([{ type: "run", requestId: "q2", graph: graph(), documentId }]);
  expect(state().runs).toMatchObject([{ requestId: "q2", phase: "queued" }]);
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

test("a cancel that does not reach the server says so", () => {
  const { editor, server, state } = openEditor();
  editor.run();
  server.send({ type: "run-started", requestId: "q1", runId: "r1", graph: exampleGraph });
  server.drop();
  editor.cancel();
  expect(state().notice).toMatchObject({ tone: "failed", isAboutConnection: true });
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

test("a notice leaves when what it tells is mended", () => {
  const { editor, server, state } = openEditor();
  editor.edit(removeNodes(["encode"]));
  editor.run();
  const { issues } = state();
  server.send({
    type: "run-rejected",
    requestId: state().runs[0]?.requestId ?? "",
    issues: [...issues],
  });
  expect(state().notice?.issues).toEqual(issues);
  editor.edit(setParam("sample", "steps", 3));
  expect(state().notice?.issues).toEqual(issues);
  editor.edit(connect({ node: "load", output: "image" }, { node: "compare", input: "after" }));
  editor.edit(removeNodes(["sample", "decode"]));
  expect(state().notice).toBeUndefined();
});

function openNewerEditor() {
  const { "generation.sample": sample, ...others } = exampleCatalogue;
  if (sample === undefined) throw new Error("the example has lost its sampler");
  const catalogue = { ...others, "generation.sample": { ...sample, version: 2 } };
  const current = { ...exampleGraph.nodes["sample"], type: "generation.sample", version: 2 };
  const migrated = { ...exampleGraph, nodes: { ...exampleGraph.nodes, sample: current } };
  return { ...openEditor({ catalogue }), migrated };
}

test("an opened graph with older nodes is brought up to date, as an edit that can be undone", () => {
  const { graph, server, state, migrated } = openNewerEditor();
  const sent = graph();
  expect(server.received).toEqual([{ type: "migrate", requestId: "q1", graph: sent }]);
  server.send({ type: "migrated", requestId: "q0", graph: migrated });
  expect(graph()).toBe(sent);
  server.send({ type: "migrated", requestId: "q1", graph: migrated });
  expect(graph().nodes["sample"]?.version).toBe(2);
  expect(state().document).toMatchObject({ isSaved: false, undoSteps: 1 });
  expect(state().notice).toMatchObject({ tone: "info" });
});

test("what a person has changed meanwhile is not overwritten by a migrated graph", () => {
  const { editor, graph, server, migrated } = openNewerEditor();
  editor.edit(setParam("sample", "steps", 3));
  server.send({ type: "migrated", requestId: "q1", graph: migrated });
  expect(graph().nodes["sample"]).toMatchObject({ version: 1, params: { steps: 3 } });
});

test("edits made offline reach the server when it is back, and running says why it cannot", () => {
  const { editor, graph, server, state, welcome, documentId } = openEditor();
  server.drop();
  editor.edit(setParam("sample", "steps", 3));
  editor.run();
  expect(state()).toMatchObject({ connection: "offline", runs: [], notice: { tone: "failed" } });
  expect(keptIn(state())).toBe("page");
  server.passTime();
  server.accept();
  expect(state().notice).toBeUndefined();
  server.send(welcome());
  expect(graph().nodes["sample"]?.params).toEqual({ steps: 3 });
  expect(server.documents.open.get(documentId)?.graph).toEqual(graph());
  expect(keptIn(state())).toBe("server");
});

test("an edit leaves for the server at once, and the view within a second: nothing else waits", () => {
  const { editor, server } = openEditor();
  server.fallSilent();
  const before = server.waits.length;
  editor.edit(setParam("sample", "steps", 3));
  expect(server.received).toMatchObject([{ type: "edit-document" }]);
  expect(server.waits).toHaveLength(before);
  editor.rememberView({ x: 1, y: 2, zoom: 1, width: 800, height: 600 });
  const [wait, ...others] = server.waits.slice(before);
  expect(wait).toBeLessThanOrEqual(1000);
  expect(others).toEqual([]);
  server.passTime();
  expect(server.received.at(-1)).toMatchObject({ type: "view-document" });
});

test("a page that goes sends all that is pending, each change for the version that the one before leads to", () => {
  const { editor, server } = openEditor();
  server.fallSilent();
  for (const steps of [3, 4, 5]) editor.edit(setParam("sample", "steps", steps));
  expect(server.received).toHaveLength(1);
  editor.undo();
  editor.edit(setParam("sample", "steps", 6));
  editor.flush();
  expect(server.received).toMatchObject(
    [0, 1, 2].map((version) => ({ type: "edit-document", version })),
  );
});

test("a run that is done says what could not be kept of it", () => {
  const { editor, server, state } = openEditor();
  editor.run();
  server.send({ type: "run-started", runId: "r1", requestId: "q1", graph: exampleGraph });
  const warning = { code: "disk.full", what: "the manifest is not written", hint: "H." } as const;
  server.send({ type: "run-finished", runId: "r1", ms: 1, warning });
  expect(state().notice).toMatchObject({ tone: "info", issues: [warning] });
});

test("a page that comes back shows the runs that the server knows, and can cancel them", () => {
  const { editor, server, state, welcome } = openEditor();
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
  server.send({ ...welcome(), runs: [{ ...run, state: "running", events }, failed] });
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
  expect(graph()).toEqual(exampleGraph);
  expect(state().issues).toEqual([]);
  expect(keptIn(state())).toBe("file");
});

test("another graph opens beside, and each keeps its own steps, selection and view", async () => {
  const { editor, graph, server, state, documentId } = openEditor();
  editor.edit(setParam("sample", "steps", 3));
  editor.select(selectNodes(["sample"]));
  const view = { x: 1, y: 2, zoom: 0.5, width: 800, height: 600 };
  editor.rememberView(view);
  server.passTime();
  const changed = graph();
  await editor.openGraph({ ...exampleGraph, name: "other" }, "mine.json");
  expect(graph().name).toBe("other");
  expect(state().documents.map(({ name }) => name)).toEqual(["example", "mine"]);
  expect(canUndo(state())).toBe(false);
  expect(state().lastView).toBeUndefined();
  editor.showDocument(documentId);
  expect(graph()).toEqual(changed);
  expect(canUndo(state())).toBe(true);
  expect(state().selection).toEqual(selectNodes(["sample"]));
  expect(state().lastView).toEqual(view);
});

test("a run of a document that is not open ends without a notice: whoever asked for it tells", () => {
  const { graph, server, state, documentId } = openEditor();
  const error = { code: "node.failed", what: "no", hint: "yes" } as const;
  const fail = (runId: string, from: string) => {
    const run = { runId, requestId: runId, graph: graph(), documentId: from };
    server.send({ type: "run-started", ...run });
    server.send({ type: "run-failed", runId, error });
  };
  fail("r1", "beside-documents");
  expect(state().notice).toBeUndefined();
  fail("r2", documentId);
  expect(state().notice?.tone).toBe("failed");
});

test("saving writes the document's file; one without a file asks for a name that is free", async () => {
  const { editor, state } = openEditor();
  editor.edit(setParam("sample", "steps", 3));
  expect(await editor.saveDocument()).toBe("saved");
  expect(keptIn(state())).toBe("file");
  await editor.newGraph();
  expect(await editor.saveDocument()).toBe("needs-name");
  expect(await editor.saveDocument("example.json")).toBe("file-exists");
  expect(await editor.saveDocument("new.json")).toBe("saved");
  expect(state().document).toMatchObject({ file: "new.json", isSaved: true });
});

test("closing asks where changes are in no file, and shows the neighbour", async () => {
  const { editor, state, documentId } = openEditor();
  await editor.newGraph();
  const empty = state().document?.id ?? "";
  editor.showDocument(documentId);
  editor.edit(setParam("sample", "steps", 3));
  editor.askToClose(documentId);
  expect(state().closing).toBe(documentId);
  await editor.closeDocument(documentId);
  expect(state().document?.id).toBe(empty);
  editor.askToClose(empty);
  await editor.closeDocument(empty);
  expect(state().document).toBeUndefined();
});

test("an edit of another window is shown below one that is under way here", () => {
  const { editor, graph, server, documentId } = openEditor();
  const theirs = { type: "edit-document", documentId, editId: "theirs", version: 0 } as const;
  const patches = [{ op: "replace", path: ["nodes", "load", "ui", "x"], value: 77 }] as const;
  server.documents.receive({ ...theirs, patches });
  expect(graph().nodes["load"]?.ui?.x).toBe(77);
  editor.edit(setParam("sample", "steps", 3));
  expect(server.documents.open.get(documentId)?.graph).toEqual(graph());
});

test("a graph with graphs inside and fed params opens, is known whole, and is saved byte for byte", async () => {
  const { editor, graph, state } = openEditor();
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
  await editor.openGraph(parseGraph(text), "nested.json");
  expect(state().issues).toEqual([]);
  expect(state().catalogue["graph:soften"]).toMatchObject({
    title: "Soften",
    inputs: { image: { type: "image" } },
    outputs: { image: { type: "image" } },
  });
  expect(stringifyGraph(graph())).toBe(text);
  await editor.newGraph();
  expect(state().catalogue["graph:soften"]).toBeUndefined();
});
