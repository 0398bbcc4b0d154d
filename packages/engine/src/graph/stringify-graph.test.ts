import fc from "fast-check";
import { expect, test } from "vitest";
import type { GraphDocument } from "./document.ts";
import { parseGraph } from "./parse-graph.ts";
import { stringifyGraph } from "./stringify-graph.ts";

const graph: GraphDocument = {
  nodes: {
    copy: {
      inputs: { text: { output: "text", node: "words" } },
      version: 1,
      type: "text.copy",
    },
    words: { type: "text.value", version: 1, params: { text: "hello" }, ui: { x: 1, y: 2 } },
  },
  version: 1,
  format: "insightgraph",
};

test("known fields come in their order, short objects stand on one line", () => {
  expect(stringifyGraph(graph)).toBe(`{
  "format": "insightgraph",
  "version": 1,
  "nodes": {
    "copy": {
      "type": "text.copy",
      "version": 1,
      "inputs": {
        "text": { "output": "text", "node": "words" }
      }
    },
    "words": {
      "type": "text.value",
      "version": 1,
      "params": { "text": "hello" },
      "ui": { "x": 1, "y": 2 }
    }
  }
}
`);
});

test("subgraphs are printed like the document: nodes on lines, known fields in their order", () => {
  const inner = { outputs: {}, nodes: { a: { version: 1, type: "t" } }, name: "Inner" };
  expect(stringifyGraph({ ...graph, nodes: {}, graphs: { inner } })).toBe(`{
  "format": "insightgraph",
  "version": 1,
  "nodes": {},
  "graphs": {
    "inner": {
      "name": "Inner",
      "nodes": {
        "a": {
          "type": "t",
          "version": 1
        }
      },
      "outputs": {}
    }
  }
}
`);
});

const name = fc.stringMatching(/^[a-z0-9_ "é]{1,8}$/);
const json = fc.jsonValue({ depthSize: "small", maxDepth: 4 });
const link = fc.record({ node: name, output: name });
const node = fc.record(
  {
    type: name,
    version: fc.integer({ min: 1, max: 9 }),
    params: fc.dictionary(name, json),
    inputs: fc.dictionary(name, link),
    bypassed: fc.boolean(),
    later: json,
    ui: fc.record({ x: fc.integer(), y: fc.integer() }),
  },
  { requiredKeys: ["type", "version"] },
);
const anyGraph = fc.record(
  {
    nodes: fc.dictionary(name, node),
    version: fc.constant(1 as const),
    unknown: json,
    format: fc.constant("insightgraph" as const),
    outputs: fc.dictionary(name, link),
    graphs: fc.dictionary(
      name,
      fc.record({ outputs: fc.dictionary(name, link), nodes: fc.dictionary(name, node) }),
    ),
  },
  { requiredKeys: ["nodes", "version", "format"] },
);

test("[F3] a round trip keeps the value, and a second one the bytes", () => {
  fc.assert(
    fc.property(anyGraph, (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      fc.pre(!/__proto__|"constructor"|"prototype"/.test(JSON.stringify(plain)));
      const text = stringifyGraph(parseGraph(plain));
      expect(JSON.parse(text)).toEqual(plain);
      expect(stringifyGraph(parseGraph(text))).toBe(text);
    }),
  );
});
