import type { NodeTypeSpec } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { createFakeServer } from "../connection/fake-server.fixture.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { emptySelection, selectNodes } from "../document/selection.ts";
import { addPictureNode, placeNode } from "./add-node.ts";
import { createEditor } from "./editor.ts";
import { graphOf } from "./editor-state.ts";

const at = { x: 10, y: 20 };

function openEditor(catalogue = exampleCatalogue) {
  const server = createFakeServer();
  const editor = createEditor({ ...server, createRequestId: () => "q" });
  server.accept();
  const about = {
    graphName: "example",
    device: "CPU",
    version: "0",
    portTypes: {},
    documents: [],
    documentId: "",
    runs: [],
  };
  server.send({ type: "welcome", ...about, catalogue, graph: exampleGraph });
  return { editor, nodes: () => graphOf(editor.store.get()).nodes, state: editor.store.get };
}

function specOf(type: string): NodeTypeSpec {
  const spec = exampleCatalogue[type];
  if (spec === undefined) throw new Error(`the example has no ${type}`);
  return spec;
}

test("a node is placed and selected", () => {
  const { editor, nodes, state } = openEditor();
  expect(placeNode(editor, specOf("image.load"), at)).toBe("load-2");
  expect(nodes()["load-2"]).toEqual({ type: "image.load", version: 1, ui: at });
  expect(state().selection).toEqual(selectNodes(["load-2"]));
});

test("a node searched from a port is linked at its first port that fits, as one step of undo", () => {
  const { editor, nodes } = openEditor();
  const output = { node: "encode", side: "output", port: "latent" } as const;
  placeNode(editor, specOf("generation.sample"), at, output);
  expect(nodes()["sample-2"]?.inputs).toEqual({ source: { node: "encode", output: "latent" } });
  editor.undo();
  expect(nodes()).toEqual(exampleGraph.nodes);

  const input = { node: "sample", side: "input", port: "hint" } as const;
  placeNode(editor, specOf("generation.encode"), at, input);
  expect(nodes()["sample"]?.inputs?.["hint"]).toEqual({ node: "encode-2", output: "latent" });
});

test("a picture goes to the selected node that opens one, else to a new one", () => {
  const { editor, nodes } = openEditor();
  editor.select(selectNodes(["load"]));
  addPictureNode(editor, "b.png", at);
  expect(nodes()["load"]?.params).toEqual({ path: "b.png" });
  editor.select(emptySelection);
  addPictureNode(editor, "c.png", at);
  expect(nodes()["load-2"]?.params).toEqual({ path: "c.png" });
});

test("without a node type that opens pictures, the person is told", () => {
  const { "image.load": _, ...others } = exampleCatalogue;
  const { editor, nodes, state } = openEditor(others);
  addPictureNode(editor, "c.png", at);
  expect(Object.keys(nodes())).toEqual(Object.keys(exampleGraph.nodes));
  expect(state().notice?.tone).toBe("failed");
});
