import type { NodeTypeSpec } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { findConverters } from "./converters.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import type { PortEnd } from "./port-end.ts";

const any = { type: "T", doc: "Anything." };
const about = { version: 1, doc: "For tests.", category: "test", params: {} };
const wait: NodeTypeSpec = {
  ...about,
  type: "test.wait",
  title: "Wait",
  inputs: { value: any },
  outputs: { value: any },
};
const blend: NodeTypeSpec = {
  ...about,
  type: "test.blend",
  title: "Blend",
  inputs: { image: { type: "image", doc: "P." }, other: { type: "image", doc: "P." } },
  outputs: { latent: { type: "latent", doc: "L." } },
};
const catalogue = { ...exampleCatalogue, [wait.type]: wait, [blend.type]: blend };
const output = (node: string, port: string): PortEnd => ({ node, side: "output", port });
const input = (node: string, port: string): PortEnd => ({ node, side: "input", port });
const typesFor = (from: PortEnd, end: PortEnd) =>
  findConverters(exampleGraph, catalogue, from, [end]).map(({ spec }) => spec.type);

test("what takes the one end and gives the other converts; what needs less comes first", () => {
  const found = findConverters(exampleGraph, catalogue, output("load", "image"), [
    input("sample", "hint"),
  ]);
  expect(found.map(({ spec }) => spec.type)).toEqual(["generation.encode", "test.blend"]);
  expect(found[0]).toMatchObject({
    by: { input: "image", output: "latent" },
    link: { node: "load", output: "image" },
    end: { node: "sample", input: "hint" },
  });
});

test("a link that is drawn from its input is converted as well", () => {
  const types = typesFor(input("sample", "hint"), output("load", "image"));
  expect(types).toEqual(["generation.encode", "test.blend"]);
});

test("nothing converts what would close a circle, a node with itself, or two outputs", () => {
  expect(typesFor(output("decode", "image"), input("sample", "hint"))).toEqual([]);
  expect(typesFor(output("sample", "latent"), input("sample", "hint"))).toEqual([]);
  expect(typesFor(output("load", "image"), output("sample", "latent"))).toEqual([]);
});
