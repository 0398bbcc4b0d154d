import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { selectNodes } from "../document/selection.ts";
import { createSynced } from "../document/synced-graph.ts";
import { initialState } from "./editor-state.ts";
import { checkState } from "./graph-steps.ts";
import { clearSelection, closePanel, pickRun, startLink, togglePanel } from "./page-steps.ts";

test("a panel is shown and hidden; a hidden one stays hidden", () => {
  const hidden = togglePanel(initialState, "inspector");
  expect([...hidden.openPanels]).toEqual(["runs"]);
  expect(closePanel(hidden, "inspector")).toBe(hidden);
  expect(togglePanel(hidden, "inspector").openPanels.has("inspector")).toBe(true);
  expect(closePanel(initialState, "runs").openPanels.has("runs")).toBe(false);
});

test("one run is looked at, two are compared, and a picked one is let go", () => {
  const one = pickRun(initialState, "a", false);
  expect(one.picked).toEqual(["a"]);
  expect(pickRun(one, "b", false).picked).toEqual(["b"]);
  const two = pickRun(one, "b", true);
  expect(two.picked).toEqual(["a", "b"]);
  expect(pickRun(two, "c", true).picked).toEqual(["b", "c"]);
  expect(pickRun(two, "a", true).picked).toEqual(["b"]);
  expect(pickRun(initialState, "a", true).picked).toEqual(["a"]);
});

test("a link that is picked up knows which ends fit", () => {
  const opened = checkState({
    ...initialState,
    catalogue: exampleCatalogue,
    synced: createSynced(exampleGraph, 0),
  });
  const from = { node: "encode", side: "output", port: "latent" } as const;
  const end = (node: string, port: string) => ({ node, side: "input", port }) as const;
  const { gesture } = startLink(opened, from);
  expect(gesture?.detached).toBeUndefined();
  expect(gesture?.whyUnfit(end("decode", "latent"))).toBeUndefined();
  expect(gesture?.whyUnfit(end("compare", "after"))).toMatch(/latent.*image/);
  const detached = { node: "sample", input: "source" };
  expect(startLink(opened, from, detached).gesture).toMatchObject({ from, detached });
});

test("clearing lets go of nodes and runs", () => {
  const state = { ...initialState, selection: selectNodes(["a"]), picked: ["q1"] };
  expect(clearSelection(state)).toMatchObject({ picked: [], selection: { nodes: new Set() } });
});
