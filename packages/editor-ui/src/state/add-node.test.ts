import type { NodeTypeSpec } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { emptySelection, selectNodes } from "../document/selection.ts";
import { addPictureNode, placeNode } from "./add-node.ts";
import { openEditor } from "./open-editor.fixture.ts";

const at = { x: 10, y: 20 };

function specOf(type: string): NodeTypeSpec {
  const spec = exampleCatalogue[type];
  if (spec === undefined) throw new Error(`the example has no ${type}`);
  return spec;
}

test("a node is placed and selected", () => {
  const { editor, graph, state } = openEditor();
  expect(placeNode(editor, specOf("image.load"), at)).toBe("load-2");
  expect(graph().nodes["load-2"]).toEqual({ type: "image.load", version: 1, ui: at });
  expect(state().selection).toEqual(selectNodes(["load-2"]));
});

test("a node searched from a port is linked at its first port that fits, as one step of undo", () => {
  const { editor, graph } = openEditor();
  const output = { node: "encode", side: "output", port: "latent" } as const;
  placeNode(editor, specOf("generation.sample"), at, output);
  expect(graph().nodes["sample-2"]?.inputs).toEqual({
    source: { node: "encode", output: "latent" },
  });
  editor.undo();
  expect(graph().nodes).toEqual(exampleGraph.nodes);

  const input = { node: "sample", side: "input", port: "hint" } as const;
  placeNode(editor, specOf("generation.encode"), at, input);
  expect(graph().nodes["sample"]?.inputs?.["hint"]).toEqual({ node: "encode-2", output: "latent" });
});

test("a picture goes to the selected node that opens one, else to a new one", () => {
  const { editor, graph } = openEditor();
  editor.select(selectNodes(["load"]));
  addPictureNode(editor, "b.png", at);
  expect(graph().nodes["load"]?.params).toEqual({ path: "b.png" });
  editor.select(emptySelection);
  addPictureNode(editor, "c.png", at);
  expect(graph().nodes["load-2"]?.params).toEqual({ path: "c.png" });
});

test("without a node type that opens pictures, the person is told", () => {
  const { "image.load": _, ...others } = exampleCatalogue;
  const { editor, graph, state } = openEditor({ catalogue: others });
  addPictureNode(editor, "c.png", at);
  expect(Object.keys(graph().nodes)).toEqual(Object.keys(exampleGraph.nodes));
  expect(state().notice?.tone).toBe("failed");
});
