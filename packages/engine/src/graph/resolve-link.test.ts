import { expect, test } from "vitest";
import type { NodeCatalogue } from "./catalogue.ts";
import type { GraphBody, Link } from "./document.ts";
import { resolveLink } from "./resolve-link.ts";

const image = { type: "image", doc: "D." };
const mask = { type: "mask", doc: "D." };
const about = { version: 1, title: "T", doc: "D.", category: "test", params: {} };
const catalogue: NodeCatalogue = {
  load: { ...about, type: "load", inputs: {}, outputs: { image } },
  blend: {
    ...about,
    type: "blend",
    inputs: { mask, base: image, image },
    outputs: { image, base: image, other: image, text: { type: "text", doc: "D." } },
  },
};

function link(node: string, output = "image"): Link {
  return { node, output };
}

function graphWith(blend: Omit<GraphBody["nodes"][string], "type" | "version">): GraphBody {
  const load = { type: "load", version: 1 };
  return { nodes: { a: load, b: load, blend: { type: "blend", version: 1, ...blend } } };
}

const both = { bypassed: true, inputs: { base: link("a"), image: link("b") } };

test("[R7] a bypassed node forwards the input with the output's own name, wherever it is declared", () => {
  expect(resolveLink(graphWith(both), catalogue, link("blend"))).toEqual(link("b"));
  expect(resolveLink(graphWith(both), catalogue, link("blend", "base"))).toEqual(link("a"));
});

test("[R7] an output without such an input forwards the first connected one of its type", () => {
  expect(resolveLink(graphWith(both), catalogue, link("blend", "other"))).toEqual(link("a"));
  const one = graphWith({ bypassed: true, inputs: { base: link("a") } });
  expect(resolveLink(one, catalogue, link("blend"))).toEqual(link("a"));
});

test("[R8] nothing flows where no input has the type, or the node is muted", () => {
  expect(resolveLink(graphWith(both), catalogue, link("blend", "text"))).toBeUndefined();
  expect(
    resolveLink(graphWith({ ...both, muted: true }), catalogue, link("blend")),
  ).toBeUndefined();
  expect(resolveLink(graphWith(both), catalogue, link("gone"))).toBeUndefined();
});

test("bypassed nodes that wait for each other give nothing", () => {
  const loop = graphWith({ bypassed: true, inputs: { image: link("blend") } });
  expect(resolveLink(loop, catalogue, link("blend"))).toBeUndefined();
});
