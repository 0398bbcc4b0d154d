import {
  checkGraph,
  type GraphDocument,
  parseGraph,
  stringifyGraph,
  validateGraph,
} from "@insightgraph/engine/graph";
import fc from "fast-check";
import { produce } from "immer";
import { expect, test } from "vitest";
import { duplicateNodes } from "./clipboard.ts";
import { removeNodes, setParam } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes, whyNotFoldable } from "./fold.ts";
import { unfoldNode } from "./unfold.ts";

function fold(graph: GraphDocument, ids: readonly string[], title = "Part") {
  const { catalogue, typing } = checkGraph(graph, exampleCatalogue);
  const made = foldNodes(graph, catalogue, typing, ids, title);
  return { graph: produce(graph, made.edit), id: made.id };
}

function unfold(graph: GraphDocument, id: string): GraphDocument {
  const made = unfoldNode(graph, id);
  if (made === undefined) throw new Error(`${id} does not unfold`);
  return produce(graph, made.edit);
}

const why = (ids: readonly string[]) => {
  const { catalogue, typing } = checkGraph(exampleGraph, exampleCatalogue);
  return whyNotFoldable(exampleGraph, catalogue, typing, ids);
};

test("folded nodes become one node with a port for each value that comes in or goes out", () => {
  const { graph, id } = fold(exampleGraph, ["encode", "sample", "decode"]);
  expect(id).toBe("part");
  expect(graph.nodes["part"]).toEqual({
    type: "graph:part",
    version: 1,
    inputs: { image: { node: "load", output: "image" } },
    ui: { x: 300, y: 0 },
  });
  expect(graph.nodes["compare"]?.inputs?.["after"]).toEqual({ node: "part", output: "image" });
  expect(graph.outputs).toEqual({ image: { node: "part", output: "image" } });
  expect(graph.inputs).toEqual({ seed: { node: "part", param: "seed" } });
  expect(graph.graphs?.["part"]).toMatchObject({
    name: "Part",
    inputs: { image: { type: "image" }, seed: { node: "sample", param: "seed" } },
    outputs: { image: { node: "decode", output: "image" } },
  });
  expect(validateGraph(graph, exampleCatalogue)).toEqual([]);
});

test("nodes with another one between them are refused, by name", () => {
  expect(why(["encode", "decode"])).toMatch(/^Sample lies between/);
  expect(why(["gone"])).toMatch(/no nodes/);
  expect(why(["encode", "sample"])).toBeUndefined();
});

test("unfolding gives the graph back, with what was set and linked on the node meanwhile", () => {
  const folded = fold(exampleGraph, ["encode", "sample"]);
  expect(unfold(folded.graph, folded.id)).toEqual(exampleGraph);
  const seeded = produce(folded.graph, setParam(folded.id, "seed", 3));
  expect(unfold(seeded, folded.id).nodes["sample"]?.params).toEqual({ seed: 3 });
});

test("two nodes of one subgraph unfold beside each other, and the last takes the subgraph along", () => {
  const folded = fold(exampleGraph, ["encode", "sample"]);
  const copy = duplicateNodes(folded.graph, [folded.id], exampleCatalogue);
  const [second = ""] = copy.ids;
  const once = unfold(produce(folded.graph, copy.edit), folded.id);
  expect(Object.keys(once.graphs ?? {})).toEqual(["part"]);
  const twice = unfold(once, second);
  expect(twice).not.toHaveProperty("graphs");
  expect(Object.keys(twice.nodes)).toEqual(
    expect.arrayContaining(["encode", "encode-2", "sample-2"]),
  );
  expect(validateGraph(twice, exampleCatalogue)).toEqual([]);
});

test("a bypassed node, and one that runs no subgraph, do not unfold", () => {
  const { graph, id } = fold(exampleGraph, ["encode"]);
  const off = produce(graph, (draft) => {
    const node = draft.nodes[id];
    if (node !== undefined) node.bypassed = true;
  });
  expect(unfoldNode(off, id)).toBeUndefined();
  expect(unfoldNode(exampleGraph, "load")).toBeUndefined();
});

const picks = fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 });
const choose = (graph: GraphDocument, chosen: readonly number[]) => {
  const known = Object.keys(graph.nodes);
  return [...new Set(chosen.flatMap((pick) => known[pick % Math.max(1, known.length)] ?? []))];
};

test("whatever is folded unfolds to the same graph, nested or not", () => {
  fc.assert(
    fc.property(fc.array(picks, { minLength: 1, maxLength: 4 }), (steps) => {
      const states: { graph: GraphDocument; id: string }[] = [];
      let graph = exampleGraph;
      for (const chosen of steps) {
        const ids = choose(graph, chosen);
        const { catalogue, typing } = checkGraph(graph, exampleCatalogue);
        if (whyNotFoldable(graph, catalogue, typing, ids) !== undefined) continue;
        const folded = fold(graph, ids);
        expect(validateGraph(folded.graph, exampleCatalogue)).toEqual([]);
        states.push({ graph, id: folded.id });
        graph = folded.graph;
      }
      for (const { graph: before, id } of states.toReversed()) {
        graph = unfold(graph, id);
        expect(graph).toEqual(before);
      }
    }),
    { numRuns: 100 },
  );
});

test("whatever is copied, removed, folded and unfolded, no link dangles", () => {
  const step = fc.record({ action: fc.constantFrom("fold", "unfold", "copy", "remove"), picks });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let graph = exampleGraph;
      for (const { action, picks } of steps) {
        const ids = choose(graph, picks);
        const { catalogue, typing } = checkGraph(graph, exampleCatalogue);
        if (action === "copy") graph = produce(graph, duplicateNodes(graph, ids, catalogue).edit);
        if (action === "remove") graph = produce(graph, removeNodes(ids.slice(0, 1)));
        if (action === "fold" && whyNotFoldable(graph, catalogue, typing, ids) === undefined) {
          graph = fold(graph, ids).graph;
        }
        if (action === "unfold") {
          const edit = unfoldNode(graph, ids[0] ?? "")?.edit;
          if (edit !== undefined) graph = produce(graph, edit);
        }
      }
      // A reload reads the same document again.
      expect(parseGraph(stringifyGraph(graph))).toEqual(graph);
      const codes = validateGraph(graph, exampleCatalogue).map(({ code }) => code);
      expect(codes.filter((code) => code !== "graph.missing-input")).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
