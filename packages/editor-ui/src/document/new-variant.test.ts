import { checkGraph, entryOf, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { addVariant } from "./add-variant.ts";
import { editAblation } from "./edit-ablation.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes } from "./fold.ts";
import { paramVariant, replacedVariant, switchedVariant, variantTypes } from "./new-variant.ts";
import { asVariant, isKnownVariant } from "./shown-variant.ts";

const sample = exampleCatalogue["generation.sample"] as NodeTypeSpec;
const other: NodeTypeSpec = { ...sample, type: "generation.other", title: "Other sampler" };
const catalogue = { ...exampleCatalogue, [other.type]: other };
const subject = { document: exampleGraph, level: [], catalogue, id: "sample" };

test("the types that fit in a variant keep every link that is needed", () => {
  expect(variantTypes(subject).map(({ type }) => type)).toEqual(["generation.other"]);
  expect(variantTypes({ ...subject, id: "decode" })).toEqual([]);
});

test("a node of a subgraph is named by its place", () => {
  const { typing } = checkGraph(exampleGraph, catalogue);
  const { edit } = foldNodes(exampleGraph, catalogue, typing, ["encode", "sample"], "Part");
  const document = produce(exampleGraph, edit);
  const known = checkGraph(document, catalogue).catalogue;
  const inside = { document, level: ["part"], catalogue: known, id: "sample" };
  expect(replacedVariant(inside, other).change).toEqual({
    node: "graph:part/sample",
    type: "generation.other",
  });
  expect(variantTypes(inside).map(({ type }) => type)).toContain("generation.other");
});

test("a variant is named for what it changes, and the canvas can show it", () => {
  const names = {
    with: (title: string) => `with ${title}`,
    without: (title: string) => `no ${title}`,
  };
  expect(switchedVariant(subject, "muted", names)).toMatchObject({
    ...{ axis: "Sample", name: "no Sample", asItIs: { name: "with Sample" } },
    change: { node: "sample", muted: true },
  });
  const variant = paramVariant(subject, "steps", 4);
  expect(variant).toMatchObject({ axis: "steps", name: "steps 4", asItIs: { name: "steps 20" } });
  const document = produce(exampleGraph, editAblation(addVariant(variant)));
  const shown = { name: "steps 4", choice: { steps: "steps 4" } };
  expect(isKnownVariant(document, shown)).toBe(true);
  const seen = asVariant(document, catalogue, shown);
  expect(entryOf(seen.nodes, "sample")?.params).toEqual({ steps: 4 });
  expect(asVariant(document, catalogue, shown)).toBe(seen);
  expect(asVariant(document, catalogue, { name: "gone", choice: { steps: "gone" } })).toBe(
    document,
  );
  expect(isKnownVariant(exampleGraph, shown)).toBe(false);
});
