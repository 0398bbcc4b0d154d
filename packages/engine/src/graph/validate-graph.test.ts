import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NodeCatalogue } from "./catalogue.ts";
import type { GraphDocument, GraphNode } from "./document.ts";
import { validateGraph } from "./validate-graph.ts";

const about = { version: 1, title: "T", doc: "D.", category: "c" };
const doc = "D.";
const catalogue: NodeCatalogue = {
  "image.load": {
    ...about,
    type: "image.load",
    inputs: {},
    params: { path: { kind: "file", purpose: "open", default: "", doc } },
    outputs: { image: { type: "image", doc } },
  },
  "image.blend": {
    ...about,
    type: "image.blend",
    inputs: {
      image: { type: "image", doc },
      mask: { type: "mask", doc, optional: true },
    },
    params: { weight: { kind: "number", default: 0.5, min: 0, max: 1, doc } },
    outputs: { image: { type: "image", doc } },
  },
  "mask.from-image": {
    ...about,
    type: "mask.from-image",
    inputs: { image: { type: "image", doc } },
    params: {},
    outputs: { mask: { type: "mask", doc } },
  },
  "latent.make": {
    ...about,
    type: "latent.make",
    inputs: {},
    params: {},
    outputs: {
      small: { type: "latent", doc, shape: [4, 8] },
      big: { type: "latent", doc, shape: [4, 16] },
    },
  },
  "latent.pass": {
    ...about,
    type: "latent.pass",
    inputs: { latent: { type: "latent", doc, shape: [4, "w"] } },
    params: {},
    outputs: { latent: { type: "latent", doc, shape: [4, "w"] } },
  },
  "latent.add": {
    ...about,
    type: "latent.add",
    inputs: {
      a: { type: "latent", doc, shape: ["c", "w"] },
      b: { type: "latent", doc, shape: ["c", "w"] },
    },
    params: {},
    outputs: {},
  },
};

function graphOf(nodes: Record<string, Omit<GraphNode, "version">>): GraphDocument {
  const versioned = Object.entries(nodes).map(([id, node]) => [id, { version: 1, ...node }]);
  return { format: "insightgraph", version: 1, nodes: Object.fromEntries(versioned) };
}

function found(graph: GraphDocument): string[] {
  return validateGraph(graph, catalogue).map(
    ({ code, nodeId = "", path = "" }) => `${code} ${nodeId} ${path}`,
  );
}

const image = (node: string) => ({ node, output: "image" });

describe("validateGraph", () => {
  test("finds nothing wrong with a sound graph", () => {
    expect(
      found(
        graphOf({
          a: { type: "image.load", params: { path: "x.png" } },
          m: { type: "mask.from-image", inputs: { image: image("a") } },
          b: {
            type: "image.blend",
            inputs: { image: image("a"), mask: { node: "m", output: "mask" } },
          },
        }),
      ),
    ).toEqual([]);
  });

  test("reports everything at once, each at its place", () => {
    const graph = graphOf({
      a: { type: "image.lode" },
      b: { type: "toString" },
      c: { type: "image.blend", params: { weight: 2, wait: 1 } },
      d: { type: "image.blend", params: { weight: "much" }, inputs: { image: image("gone") } },
      e: { type: "image.load" },
      f: { type: "image.blend", inputs: { image: image("e"), mask: image("e"), msk: image("e") } },
      g: { type: "mask.from-image", inputs: { image: { node: "e", output: "picture" } } },
      h: { type: "image.blend", inputs: { image: image("i") } },
      i: { type: "image.blend", inputs: { image: image("h") } },
    });
    expect(
      found({
        ...graph,
        inputs: { path: { node: "e", param: "pth" } },
        outputs: { result: image("z") },
      }),
    ).toEqual([
      "graph.unknown-type a type",
      "graph.unknown-type b type",
      "param.range c params.weight",
      "graph.unknown-param c params.wait",
      "graph.missing-input c inputs.image",
      "param.kind d params.weight",
      "graph.dangling-link d inputs.image",
      "graph.port-type f inputs.mask",
      "graph.unknown-port f inputs.msk",
      "graph.dangling-link g inputs.image",
      "graph.dangling-link  inputs.path",
      "graph.dangling-link  outputs.result",
      "graph.cycle h ",
    ]);
  });

  test("hints name the nearest thing, or the node to put between", () => {
    const graph = graphOf({
      a: { type: "image.lode" },
      b: { type: "image.load" },
      c: { type: "image.blend", inputs: { image: image("b"), mask: image("b") } },
    });
    expect(validateGraph(graph, catalogue).map(({ hint }) => hint)).toEqual([
      'Did you mean "image.load"?',
      'Put "mask.from-image" between them.',
    ]);
  });

  test("another version of a node type is an issue", () => {
    const graph = graphOf({ a: { type: "image.load" } });
    const newer = { ...graph, nodes: { a: { type: "image.load", version: 2 } } };
    expect(found(newer)).toEqual(["graph.node-version a version"]);
  });

  test("[R8] a bypassed node forwards its input of that type; an absent value fails only where required", () => {
    const graph = graphOf({
      a: { type: "image.load" },
      m: { type: "mask.from-image", bypassed: true, inputs: { image: image("a") } },
      b: { type: "image.blend", bypassed: true, inputs: { image: image("a") } },
      ok: {
        type: "image.blend",
        inputs: { image: image("b"), mask: { node: "m", output: "mask" } },
      },
      off: { type: "image.blend", muted: true, inputs: { image: image("a") } },
      bad: { type: "image.blend", inputs: { image: image("off") } },
    });
    expect(found(graph)).toEqual(["graph.absent-input bad inputs.image"]);
  });

  test("a node type that is gone says what to use instead", () => {
    const spec = { ...about, type: "new.one", inputs: {}, params: {}, outputs: {} };
    const known = { "new.one": { ...spec, replaces: { "old.one": "Use two of new.one." } } };
    expect(validateGraph(graphOf({ a: { type: "old.one" } }), known)).toMatchObject([
      { code: "graph.unknown-type", hint: "Use two of new.one." },
    ]);
  });

  test("sizes that contradict each other are found, also through a node", () => {
    const graph = graphOf({
      make: { type: "latent.make" },
      pass: { type: "latent.pass", inputs: { latent: { node: "make", output: "big" } } },
      add: {
        type: "latent.add",
        inputs: { a: { node: "make", output: "small" }, b: { node: "pass", output: "latent" } },
      },
    });
    const [issue, ...others] = validateGraph(graph, catalogue);
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: "graph.port-shape", nodeId: "add", path: "inputs.b" });
    expect(issue?.what).toContain('"w" is 16 here and 8 at add.inputs.a');
  });

  test("sizes that are only named contradict each other too, wherever they meet", () => {
    const graph = graphOf({
      pass: { type: "latent.pass", inputs: { latent: { node: "later", output: "latent" } } },
      later: { type: "latent.pass", inputs: {} },
      make: { type: "latent.make" },
      one: {
        type: "latent.add",
        inputs: { a: { node: "later", output: "latent" }, b: { node: "make", output: "small" } },
      },
      other: {
        type: "latent.add",
        inputs: { a: { node: "pass", output: "latent" }, b: { node: "make", output: "big" } },
      },
    });
    const shapes = validateGraph(graph, catalogue).filter(
      ({ code }) => code === "graph.port-shape",
    );
    expect(shapes).toMatchObject([{ nodeId: "other", path: "inputs.b" }]);
    expect(shapes[0]?.what).toContain('"w" is 16 here and 8 at other.inputs.a');
  });

  test("returns a list for any wiring of known and unknown names, and never throws", () => {
    const names = ["a", "b", "__proto__", "image", "toString", "image.blend", "latent.add"];
    const name = fc.constantFrom(...names, ...Object.keys(catalogue));
    const node = fc.record({
      type: name,
      version: fc.integer({ min: 1, max: 2 }),
      params: fc.dictionary(name, fc.jsonValue()) as fc.Arbitrary<Record<string, never>>,
      inputs: fc.dictionary(name, fc.record({ node: name, output: name })),
      bypassed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.dictionary(name, node), (nodes) => {
        expect(Array.isArray(found({ format: "insightgraph", version: 1, nodes }))).toBe(true);
      }),
    );
  });
});
