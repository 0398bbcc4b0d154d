import { checkGraph, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { createFitCheck, fittingEnds, whyUnfit } from "./compatibility.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { inputNames } from "./input-names.ts";
import type { PortEnd } from "./port-end.ts";

const end = (node: string, side: PortEnd["side"], port: string): PortEnd => ({ node, side, port });
const why = (one: PortEnd, other: PortEnd) => whyUnfit(exampleGraph, exampleCatalogue, one, other);

test("ports of one type fit, from either end, even where a link already is", () => {
  const image = end("load", "output", "image");
  const before = end("compare", "input", "before");
  expect(why(image, before)).toBeUndefined();
  expect(why(before, image)).toBeUndefined();
});

test("the reason names both types", () => {
  const reason = why(end("load", "output", "image"), end("sample", "input", "hint"));
  expect(reason).toMatch(/image.*latent/);
});

test("two ports of one side and ports of one node never fit", () => {
  const latent = end("sample", "output", "latent");
  expect(why(latent, end("encode", "output", "latent"))).toMatch(/outputs/);
  expect(why(latent, end("sample", "input", "hint"))).toMatch(/itself/);
});

test("a link let go on a node may end at its ports that fit, and at its params that take links", () => {
  const ports = (from: PortEnd, node: string) =>
    fittingEnds(exampleGraph, exampleCatalogue, from, node).map(({ port }) => port);
  expect(ports(end("encode", "output", "latent"), "sample")).toEqual(["source", "hint"]);
  expect(ports(end("decode", "input", "latent"), "encode")).toEqual(["latent"]);
  expect(ports(end("load", "output", "image"), "sample")).toEqual([]);
  const number = {
    ...exampleCatalogue["image.load"],
    outputs: { number: { type: "number", doc: "" } },
  };
  const catalogue = { ...exampleCatalogue, "image.load": number as NodeTypeSpec };
  const steps = fittingEnds(exampleGraph, catalogue, end("load", "output", "number"), "sample");
  expect(steps.map(({ port }) => port)).toEqual(["steps"]);
});

test("a link that would close a circle does not fit", () => {
  expect(why(end("decode", "output", "image"), end("encode", "input", "image"))).toMatch(/wait/);
});

/** Every port of the example. */
const ends = Object.entries(exampleGraph.nodes).flatMap(([node, placed]) => {
  const spec = exampleCatalogue[placed.type];
  return [
    ...inputNames(placed, spec).map((port) => end(node, "input", port)),
    ...Object.keys(spec?.outputs ?? {}).map((port) => end(node, "output", port)),
  ];
});

test("the quick check of a link in hand says the same as the check of the whole graph", () => {
  const { typing } = checkGraph(exampleGraph, exampleCatalogue);
  for (const from of ends) {
    const quick = createFitCheck(exampleGraph, exampleCatalogue, typing, from);
    for (const other of ends) {
      const whole = why(from, other);
      expect({ from, other, fits: quick(other) === undefined }).toEqual({
        from,
        other,
        fits: whole === undefined,
      });
    }
  }
});
