import { describe, expect, test } from "vitest";
import type { NodeCatalogue, ParamSpec, PortSpec } from "./catalogue.ts";
import type { GraphDocument, GraphNode, Link, Subgraph } from "./document.ts";
import { validateGraph } from "./validate-graph.ts";

const doc = "D.";
const port = (type: string, optional = false): PortSpec => ({ type, doc, optional });
const count: ParamSpec = { kind: "integer", accepts: "number", default: 1, min: 1, doc };
const plain: ParamSpec = { kind: "integer", default: 1, doc };

function spec(
  type: string,
  inputs: Readonly<Record<string, PortSpec>>,
  outputs: Readonly<Record<string, PortSpec>>,
  more: object = {},
) {
  const about = { type, version: 1, title: "T", doc, category: "c" };
  return { ...about, inputs, outputs, params: {}, ...more };
}

const specs = [
  spec("image.make", {}, { image: port("image") }),
  spec("number.make", {}, { number: port("number") }),
  spec("text.make", {}, { text: port("text") }),
  spec("list.images", {}, { images: port("list of image") }),
  spec("stream.images", {}, { images: port("stream of image") }),
  spec(
    "image.soften",
    { image: port("image") },
    { image: port("image") },
    { params: { count, plain } },
  ),
  spec("image.grid", { images: port("list of image") }, { image: port("image") }),
  spec("list.of", { a: port("T", true), b: port("T", true) }, { list: port("list of T") }),
  spec("list.split", { image: port("image") }, { parts: port("list of image") }),
  spec("data.measure", { images: port("stream of image") }, { number: port("number") }),
  spec("data.follow", { image: port("image") }, { images: port("stream of image") }),
  spec(
    "flow.if",
    { yes: port("T", true), no: port("T", true) },
    { value: port("T") },
    { isRoute: true },
  ),
];
const catalogue: NodeCatalogue = Object.fromEntries(specs.map((each) => [each.type, each]));

type Sketch = Omit<GraphNode, "version">;

function nodesOf(sketches: Readonly<Record<string, Sketch>>): Record<string, GraphNode> {
  const entries = Object.entries(sketches).map(([id, node]) => [id, { version: 1, ...node }]);
  return Object.fromEntries(entries);
}

function issuesOf(
  sketches: Readonly<Record<string, Sketch>>,
  graphs: Readonly<Record<string, Subgraph>> = {},
  rest: Partial<GraphDocument> = {},
) {
  const nodes = nodesOf(sketches);
  return validateGraph({ format: "insightgraph", version: 1, nodes, graphs, ...rest }, catalogue);
}

function placesOf(...args: Parameters<typeof issuesOf>): string[] {
  return issuesOf(...args).map(({ code, nodeId = "", path = "" }) => `${code} ${nodeId} ${path}`);
}

function from(place: string): Link {
  const [node = "", output = "image"] = place.split(".");
  return { node, output };
}

describe("types along links", () => {
  test("a list meets a single-value port, a list port and a port of any type", () => {
    const sketches = {
      all: { type: "list.images" },
      each: { type: "image.soften", inputs: { image: from("all.images") } },
      grid: { type: "image.grid", inputs: { images: from("each") } },
      either: { type: "flow.if", inputs: { yes: from("each"), no: from("all.images") } },
      other: { type: "image.grid", inputs: { images: from("either.value") } },
    };
    expect(issuesOf(sketches)).toEqual([]);
  });

  test("a single value is no list; the hint names the node between", () => {
    const sketches = {
      one: { type: "image.make" },
      grid: { type: "image.grid", inputs: { images: from("one") } },
    };
    expect(issuesOf(sketches)).toMatchObject([
      {
        code: "graph.port-type",
        nodeId: "grid",
        path: "inputs.images",
        what: "image cannot flow into list of image",
        hint: 'Put "list.of" between them.',
      },
    ]);
  });

  test("what stands for any type is the same everywhere in a node", () => {
    const sketches = {
      one: { type: "image.make" },
      words: { type: "text.make" },
      both: { type: "list.of", inputs: { a: from("one"), b: from("words.text") } },
      grid: { type: "image.grid", inputs: { images: from("both.list") } },
    };
    expect(issuesOf(sketches)).toMatchObject([
      { nodeId: "both", path: "inputs.b", what: "text cannot flow into image" },
    ]);
  });

  test("a stream is mapped and consumed, but no list, and not inside one", () => {
    const good = {
      all: { type: "stream.images" },
      each: { type: "image.soften", inputs: { image: from("all.images") } },
      size: { type: "data.measure", inputs: { images: from("each") } },
      list: { type: "list.images" },
      other: { type: "data.measure", inputs: { images: from("list.images") } },
    };
    expect(issuesOf(good)).toEqual([]);
    const bad = {
      ...good,
      grid: { type: "image.grid", inputs: { images: from("each") } },
      follow: { type: "data.follow", inputs: { image: from("list.images") } },
    };
    expect(placesOf(bad)).toEqual([
      "graph.port-type grid inputs.images",
      "graph.port-type follow inputs.image",
    ]);
    expect(issuesOf(bad)[1]?.what).toContain(
      "a node with a stream output runs once, not for each item",
    );
  });

  test("links reach the params that accept them, by type", () => {
    const soften = (name: string, link: Link) => ({
      one: { type: "image.make" },
      n: { type: "number.make" },
      t: { type: "text.make" },
      s: { type: "image.soften", inputs: { image: from("one"), [name]: link } },
    });
    expect(issuesOf(soften("count", from("n.number")))).toEqual([]);
    expect(issuesOf(soften("count", from("t.text")))).toMatchObject([
      { code: "graph.port-type", path: "inputs.count", what: "text cannot flow into number" },
    ]);
    expect(issuesOf(soften("plain", from("n.number")))).toMatchObject([
      { code: "graph.unknown-port", what: 'the param "plain" of "image.soften" takes no links' },
    ]);
  });

  test("bypassed nodes hand on lists as they are", () => {
    const sketches = {
      all: { type: "list.images" },
      each: { type: "image.soften", bypassed: true, inputs: { image: from("all.images") } },
      grid: { type: "image.grid", inputs: { images: from("each") } },
    };
    expect(issuesOf(sketches)).toEqual([]);
  });
});

describe("subgraphs", () => {
  const soft: Subgraph = {
    nodes: nodesOf({ s: { type: "image.soften", inputs: { image: from("$inputs.image") } } }),
    inputs: { image: { type: "image" }, count: { node: "s", param: "count" } },
    outputs: { image: from("s") },
  };
  const use = {
    one: { type: "image.make" },
    use: { type: "graph:soft", inputs: { image: from("one") } },
  };

  test("nodes of subgraphs are typed by them", () => {
    expect(issuesOf(use, { soft })).toEqual([]);
    const wrong = {
      words: { type: "text.make" },
      use: {
        type: "graph:soft",
        params: { count: 0, tone: 1 },
        inputs: { image: from("words.text") },
      },
      more: { type: "image.soften", inputs: { image: from("use.picture") } },
    };
    expect(placesOf(wrong, { soft })).toEqual([
      "param.range use params.count",
      "graph.unknown-param use params.tone",
      "graph.port-type use inputs.image",
      "graph.dangling-link more inputs.image",
    ]);
  });

  test("an issue inside a subgraph is reported once, at its place inside, used or not", () => {
    const broken: Subgraph = {
      nodes: nodesOf({
        a: { type: "image.soften", inputs: { image: from("$inputs.pic") } },
        b: { type: "no.such" },
        c: { type: "image.soften", params: { count: 0 }, inputs: { image: from("$inputs.mask") } },
        off: { type: "image.make", muted: true },
      }),
      inputs: {
        image: { type: "image" },
        mask: { type: "image", optional: true },
        any: { type: "T" },
      },
      outputs: { image: from("z"), gone: from("off") },
    };
    expect(placesOf({ ...use }, { soft, broken })).toEqual([
      "graph.dangling-link graph:broken/a inputs.image",
      "graph.unknown-type graph:broken/b type",
      "param.range graph:broken/c params.count",
      "graph.absent-input graph:broken/c inputs.image",
      "graph.port-type graph:broken inputs.any",
      "graph.dangling-link graph:broken outputs.image",
      "graph.absent-input graph:broken outputs.gone",
    ]);
  });

  test("subgraphs that use each other are found, however far apart", () => {
    const standing = (name: string): Subgraph => ({
      nodes: nodesOf({ u: { type: `graph:${name}` } }),
    });
    const graphs = { a: standing("b"), b: standing("c"), c: standing("a"), self: standing("self") };
    expect(placesOf({ u: { type: "graph:a" }, none: { type: "graph:none" } }, graphs)).toEqual([
      "graph.unknown-type none type",
      "graph.recursion graph:a ",
      "graph.recursion graph:self ",
    ]);
  });

  test("graphs inside graphs cannot grow beyond bounds, nor lie too deep", () => {
    const names = Array.from({ length: 40 }, (_, at) => `g${at}`);
    const doubled = names.map((name, at): [string, Subgraph] => {
      const type = at === 0 ? "image.make" : `graph:g${at - 1}`;
      return [name, { nodes: nodesOf({ x: { type }, y: { type } }) }];
    });
    const codes = placesOf({ u: { type: "graph:g39" } }, Object.fromEntries(doubled));
    expect(codes).toContain("graph.too-large  ");
    const deep = Array.from({ length: 10_000 }, (_, at): [string, Subgraph] => {
      const type = at === 0 ? "image.make" : `graph:d${at - 1}`;
      return [`d${at}`, { nodes: nodesOf({ x: { type } }) }];
    });
    const issues = placesOf({ u: { type: "graph:d9999" } }, Object.fromEntries(deep));
    expect(issues).toEqual(["graph.too-deep  "]);
  });

  test("ids that would be mistaken for inner ones are refused", () => {
    expect(placesOf({ "a/b": { type: "image.make" }, $inputs: { type: "image.make" } })).toEqual([
      "graph.node-id a/b ",
      "graph.node-id $inputs ",
    ]);
  });
});
