import { expect, test } from "vitest";
import { addVariant } from "../document/add-variant.ts";
import { removeAxis } from "../document/axes.ts";
import { editAblation } from "../document/edit-ablation.ts";
import { setParam } from "../document/edits.ts";
import { openEditor } from "./open-editor.fixture.ts";

const variant = {
  axis: "steps",
  asItIs: { name: "steps 20" },
  name: "steps 4",
  change: { node: "sample", params: { steps: 4 } },
};
const shown = { name: "steps 4", choice: { steps: "steps 4" } };

test("a variant that is shown is what runs, and it cannot be edited", () => {
  const { editor, graph, server, state } = openEditor();
  editor.editDocument(editAblation(addVariant(variant)));
  editor.showVariant(shown);
  expect(graph().nodes["sample"]?.params).toEqual({ steps: 4 });
  editor.edit(setParam("sample", "steps", 9));
  expect(state().notice?.text).toContain("steps 4");
  expect(state().synced.shown.nodes["sample"]?.params).toBeUndefined();
  editor.run();
  expect(server.received.at(-1)).toMatchObject({
    type: "run",
    graph: { nodes: { sample: { params: { steps: 4 } } } },
  });
});

test("the canvas goes back to the graph when its variant is removed", () => {
  const { editor, graph, state } = openEditor();
  editor.editDocument(editAblation(addVariant(variant)));
  editor.showVariant(shown);
  editor.editDocument(editAblation(removeAxis(0)));
  expect(state().variant).toBeUndefined();
  expect(graph().nodes["sample"]?.params).toBeUndefined();
});
