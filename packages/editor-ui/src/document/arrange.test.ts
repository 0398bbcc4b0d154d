import { produce } from "immer";
import { expect, test } from "vitest";
import { alignNodes, arrangeNodes, distributeNodes, snapped } from "./arrange.ts";
import { boundsOf, nodeBoxes, overlaps } from "./boxes.ts";
import type { GraphEdit } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";

const boxes = new Map([
  ["load", { x: 0, y: 0, width: 200, height: 100 }],
  ["encode", { x: 300, y: 40, width: 220, height: 60 }],
  ["sample", { x: 900, y: 10, width: 240, height: 140 }],
]);
const ids = [...boxes.keys()];
const places = (edit: GraphEdit) => {
  const { nodes } = produce(exampleGraph, edit);
  return ids.map((id) => [nodes[id]?.ui?.x, nodes[id]?.ui?.y]);
};

test("nodes line up at the outermost edge among them", () => {
  expect(places(alignNodes(boxes, ids, "left")).map(([x]) => x)).toEqual([0, 0, 0]);
  expect(places(alignNodes(boxes, ids, "right")).map(([x]) => x)).toEqual([940, 920, 900]);
  expect(places(alignNodes(boxes, ids, "top")).map(([, y]) => y)).toEqual([0, 0, 0]);
  expect(places(alignNodes(boxes, ids, "bottom")).map(([, y]) => y)).toEqual([50, 90, 10]);
  expect(places(alignNodes(boxes, ids, "centre")).map(([x]) => x)).toEqual([470, 460, 450]);
  expect(places(alignNodes(boxes, ids, "middle")).map(([, y]) => y)).toEqual([25, 45, 5]);
});

test("gaps become equal, and the outer nodes stay", () => {
  expect(places(distributeNodes(boxes, ids, "across")).map(([x]) => x)).toEqual([0, 440, 900]);
  expect(produce(exampleGraph, distributeNodes(boxes, ["load", "encode"], "across"))).toBe(
    exampleGraph,
  );
});

test("arranged nodes keep their corner, follow their links and do not lie on each other", () => {
  const all = Object.keys(exampleGraph.nodes);
  const before = nodeBoxes(exampleGraph, exampleCatalogue);
  const graph = produce(exampleGraph, arrangeNodes(exampleGraph, before, all));
  const after = [...nodeBoxes(graph, exampleCatalogue).values()];
  expect(boundsOf(after)).toMatchObject({ x: 0, y: 0 });
  for (const [at, box] of after.entries()) {
    for (const other of after.slice(at + 1)) expect(overlaps(box, other)).toBe(false);
  }
  const some = produce(exampleGraph, arrangeNodes(exampleGraph, before, ["sample", "decode"]));
  expect(some.nodes["load"]).toBe(exampleGraph.nodes["load"]);
});

test("a place snaps to the grid", () => {
  expect(snapped({ x: 9, y: -25 })).toEqual({ x: 16, y: -32 });
});
