import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph, examplePortTypes } from "../document/example.fixture.ts";
import type { PortEnd } from "../document/port-end.ts";
import { createSynced } from "../document/synced-graph.ts";
import { initialState } from "./editor-state.ts";
import { checkState } from "./graph-steps.ts";
import { portLook } from "./port-look.ts";

const any = { type: "T", doc: "Anything." };
const pick = {
  type: "list.pick",
  version: 1,
  title: "Pick",
  doc: "One item.",
  category: "list",
  inputs: { items: { type: "list of T", doc: "Items." }, other: { ...any, optional: true } },
  params: {},
  outputs: { item: any },
};
const catalogue = { ...exampleCatalogue, [pick.type]: pick };
const nodes = {
  ...exampleGraph.nodes,
  fed: { type: pick.type, version: 1, inputs: { other: { node: "encode", output: "latent" } } },
  bare: { type: pick.type, version: 1 },
};
const state = checkState({
  ...initialState,
  catalogue,
  portTypes: examplePortTypes,
  synced: createSynced({ ...exampleGraph, nodes }, 0),
});
const roleOf = (node: string, side: PortEnd["side"], port: string) =>
  portLook(state, { node, side, port })?.role;

test("a port looks like its type", () => {
  expect(roleOf("load", "output", "image")).toBe("image");
  expect(roleOf("sample", "input", "hint")).toBe("latent");
  expect(roleOf("load", "output", "nothing")).toBeUndefined();
});

test("a type variable looks like what flows there, and plain while that is not known", () => {
  expect(roleOf("fed", "input", "other")).toBe("latent");
  expect(roleOf("fed", "output", "item")).toBe("latent");
  expect(roleOf("fed", "input", "items")).toBe("other");
  expect(roleOf("bare", "output", "item")).toBe("other");
});
