import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import type { NodeCatalogue } from "./catalogue.ts";
import type { GraphDocument, GraphNode } from "./document.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { parseGraph } from "./parse-graph.ts";
import { stringifyGraph } from "./stringify-graph.ts";
import { validateGraph } from "./validate-graph.ts";

const doc = "D.";
const about = { version: 1, title: "T", doc, category: "c" };
const catalogue: NodeCatalogue = {
  step: {
    ...about,
    type: "step",
    inputs: {
      in: { type: "text", doc, optional: true },
      all: { type: "list of T", doc, optional: true },
    },
    params: {
      size: { kind: "number", accepts: "number", default: 0, max: 10, doc },
      text: { kind: "text", accepts: "text", default: "", maxLength: 10, doc },
    },
    outputs: {
      out: { type: "text", doc },
      many: { type: "list of text", doc },
      any: { type: "T", doc },
    },
  },
};
const head = { format: "insightgraph", version: 1 } as const;

function chain(length: number, isRing: boolean): GraphDocument {
  const nodes = Array.from({ length }, (_, at): [string, GraphNode] => {
    const before = at === 0 ? (isRing ? `n${length - 1}` : undefined) : `n${at - 1}`;
    const inputs = before === undefined ? {} : { in: { node: before, output: "out" } };
    return [`n${at}`, { type: "step", version: 1, inputs }];
  });
  return { ...head, nodes: Object.fromEntries(nodes) };
}

describe("bad input", () => {
  test("a ring of 10,000 nodes is one issue; a row of them is none", () => {
    expect(validateGraph(chain(10_000, true), catalogue).map(({ code }) => code)).toEqual([
      "graph.cycle",
    ]);
    expect(validateGraph(chain(10_000, false), catalogue)).toEqual([]);
  });

  test("10,000 faults are 10,000 issues", () => {
    const nodes = Object.entries(chain(10_000, false).nodes).map(([id, node]) => {
      return [id, { ...node, inputs: { in: { node: `${id}x`, output: "out" } } }];
    });
    const issues = validateGraph({ ...head, nodes: Object.fromEntries(nodes) }, catalogue);
    expect(issues).toHaveLength(10_000);
  });

  test.each([
    ["a", '{"a":1,"a":2}'],
    ["nodes.x", '{"nodes":{"x":{},"y":[{"x":1}],"\\u0078":{}}}'],
    ["l.k", '{"l":[{"k":1,"k":2}]}'],
  ])("a name that is there twice is found: %s", (path, json) => {
    expect(duplicateKey(json)).toBe(path);
  });

  test("no name is found twice in what JSON itself prints", () => {
    fc.assert(fc.property(fc.json(), (json) => duplicateKey(json) === undefined));
  });

  test("two nodes of one id in a file are refused, and named", () => {
    const node = '{ "type": "step", "version": 1 }';
    const text = `{ "format": "insightgraph", "version": 1, "nodes": { "a": ${node}, "a": ${node} } }`;
    expect(() => parseGraph(text)).toThrow(
      expect.objectContaining({ code: "graph.duplicate-key", at: { path: "nodes.a" } }),
    );
  });

  test.each([
    [{ size: Number.NaN }, "graph.shape"],
    [{ size: Number.POSITIVE_INFINITY }, "graph.shape"],
  ])("numbers that JSON lacks are refused: %j", (params, code) => {
    const nodes = { a: { type: "step", version: 1, params } };
    expect(() => parseGraph({ ...head, nodes })).toThrow(expect.objectContaining({ code }));
  });

  test("params that are too large or too long are issues", () => {
    const params = { size: 1e300, text: "x".repeat(1_000_000) };
    const nodes = { a: { type: "step", version: 1, params } };
    const issues = validateGraph(parseGraph(JSON.stringify({ ...head, nodes })), catalogue);
    expect(issues.map(({ code }) => code)).toEqual(["param.range", "param.length"]);
    expect(JSON.stringify(issues).length).toBeLessThan(1000);
  });

  test("a type with thousands of lists in it is refused", () => {
    const type = `${"list of ".repeat(10_000)}text`;
    const inputs = { a: { type } };
    expect(() => parseGraph({ ...head, nodes: {}, inputs })).toThrow("graph.shape");
  });
});

const names = ["a", "b", "$inputs", "in", "all", "size", "out", "many", "any", "step", "toString"];
const types = ["step", "graph:a", "graph:b", "graph:none", "no.such", "__proto__"];
const name = fc.constantFrom(...names);
const link = fc.record({ node: name, output: name });
const node = fc.record(
  {
    type: fc.constantFrom(...types),
    version: fc.integer({ min: 0, max: 2 }),
    params: fc.dictionary(name, fc.jsonValue()),
    inputs: fc.dictionary(name, link),
    bypassed: fc.boolean(),
    muted: fc.boolean(),
  },
  { requiredKeys: ["type", "version"] },
);
const input = fc.oneof(
  fc.record({ node: name, param: name }),
  fc.record({ type: fc.constantFrom("text", "list of text", "stream of text", "T", "") }),
);
const body = {
  nodes: fc.dictionary(name, node),
  inputs: fc.dictionary(name, input),
  outputs: fc.dictionary(name, link),
};
const document = fc.record(
  {
    format: fc.constant("insightgraph"),
    version: fc.integer({ min: 0, max: 2 }),
    ...body,
    graphs: fc.dictionary(name, fc.record(body, { requiredKeys: [] })),
  },
  { requiredKeys: ["format", "nodes"] },
);

test("whatever a document holds: it is refused clearly, or it is checked and keeps its bytes", () => {
  fc.assert(
    fc.property(document, (value) => {
      let graph: GraphDocument;
      try {
        graph = parseGraph(JSON.stringify(value));
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
        return;
      }
      for (const issue of validateGraph(graph, catalogue)) {
        expect(issue.what).not.toBe("");
        expect(issue.hint).not.toBe("");
      }
      const text = stringifyGraph(graph);
      expect(stringifyGraph(parseGraph(text))).toBe(text);
    }),
    { numRuns: 300 },
  );
});
