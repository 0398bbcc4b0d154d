import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GraphDocument, GraphNode } from "./document.ts";
import { sortGraph } from "./sort-graph.ts";

function graphOf(sources: Readonly<Record<string, readonly string[]>>): GraphDocument {
  const nodes = Object.entries(sources).map(([id, from]): [string, GraphNode] => [
    id,
    {
      type: "t",
      version: 1,
      inputs: Object.fromEntries(from.map((node, i) => [`i${i}`, { node, output: "o" }])),
    },
  ]);
  return { format: "insightgraph", version: 1, nodes: Object.fromEntries(nodes) };
}

function orderOf(graph: GraphDocument): string[] {
  return sortGraph(graph).order.map(({ id }) => id);
}

describe("sortGraph", () => {
  test("puts sources first and keeps the document's order otherwise", () => {
    const graph = graphOf({ c: ["b"], a: [], b: ["a", "a"], d: ["nowhere"] });
    expect(orderOf(graph)).toEqual(["a", "d", "b", "c"]);
  });

  test("names each cycle once, also one that hangs on another", () => {
    const graph = graphOf({
      a: ["b"],
      b: ["a"],
      c: ["a", "d"],
      d: ["c"],
      e: ["d"],
      f: ["f"],
      g: [],
    });
    const { cycles } = sortGraph(graph);
    expect(orderOf(graph)).toEqual(["g"]);
    expect(cycles.map((cycle) => [...cycle].sort())).toEqual([["a", "b"], ["c", "d"], ["f"]]);
  });

  test("sorts a chain of 10,000 nodes", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => [`n${i}`, i === 0 ? [] : [`n${i - 1}`]]);
    expect(sortGraph(graphOf(Object.fromEntries(chain))).order.length).toBe(10_000);
  });

  test("every order is topological, and what is not in it waits for a cycle", () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const sources = fc.record(
      Object.fromEntries(ids.map((id) => [id, fc.subarray(ids, { maxLength: 2 })])),
    );
    fc.assert(
      fc.property(sources, (value) => {
        const graph = graphOf(value);
        const { order, cycles } = sortGraph(graph);
        const done = new Set<string>();
        for (const { id } of order) {
          expect(value[id]?.every((source) => done.has(source))).toBe(true);
          done.add(id);
        }
        expect(cycles.length === 0).toBe(order.length === ids.length);
        for (const cycle of cycles) {
          for (const [i, id] of cycle.entries()) {
            expect(value[cycle[(i + 1) % cycle.length] ?? ""]).toContain(id);
          }
        }
      }),
    );
  });
});
