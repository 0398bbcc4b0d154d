import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import { parseGraph } from "./parse-graph.ts";

const head = { format: "insightgraph", version: 1 };

function refusal(source: unknown): EngineError {
  try {
    parseGraph(source);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("parseGraph", () => {
  test("keeps fields it does not know, everywhere", () => {
    const source = {
      ...head,
      author: "A",
      nodes: { a: { type: "no.such", version: 7, later: [1], params: { x: { y: null } } } },
    };
    expect(parseGraph(JSON.stringify(source))).toEqual(source);
  });

  test.each([
    ["{", "graph.not-json", {}],
    ["[]", "graph.shape", {}],
    [{ version: 1, nodes: {} }, "graph.format", { path: "format" }],
    [{ format: "insightgraph", version: 2, nodes: {} }, "graph.version", { path: "version" }],
    [head, "graph.shape", { path: "nodes" }],
    [{ ...head, nodes: { a: 1 } }, "graph.shape", { nodeId: "a" }],
    [{ ...head, nodes: { a: { version: 1 } } }, "graph.shape", { nodeId: "a", path: "type" }],
    [{ ...head, nodes: { a: { type: "x" } } }, "graph.shape", { nodeId: "a", path: "version" }],
    [
      { ...head, nodes: { a: { type: "x", version: 1, inputs: { i: { node: "b" } } } } },
      "graph.shape",
      { nodeId: "a", path: "inputs.i.output" },
    ],
    [
      { ...head, nodes: { a: { type: "x", version: 1, muted: "no" } } },
      "graph.shape",
      { nodeId: "a", path: "muted" },
    ],
    [{ ...head, nodes: {}, ui: { at: Number.NaN } }, "graph.shape", { path: "ui.at" }],
    [{ ...head, nodes: {}, outputs: { o: 3 } }, "graph.shape", { path: "outputs.o" }],
  ])("refuses %j", (source, code, at) => {
    expect(refusal(source)).toMatchObject({ code, at });
  });

  test.each(["__proto__", "constructor", "prototype"])("refuses the key %s", (key) => {
    const text = `{"format":"insightgraph","version":1,"nodes":{"${key}":{"type":"x","version":1}}}`;
    expect(refusal(text)).toMatchObject({
      code: "graph.forbidden-key",
      at: { path: `nodes.${key}` },
    });
    expect(({} as Record<string, unknown>)["type"]).toBeUndefined();
  });

  test("refuses 10,000 levels of nesting without running out of stack", () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const text = `{"format":"insightgraph","version":1,"nodes":{},"ui":{"x":${deep}}}`;
    expect(refusal(text).code).toBe("graph.too-deep");
  });

  test("either returns a graph or throws an EngineError, whatever comes", () => {
    const anything = fc.oneof(fc.anything(), fc.string(), fc.json());
    const near = fc.record(
      { format: fc.constant("insightgraph"), version: fc.constant(1), nodes: fc.anything() },
      { requiredKeys: ["format", "version"] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, near), (source) => {
        try {
          expect(parseGraph(source).format).toBe("insightgraph");
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
    );
  });
});
