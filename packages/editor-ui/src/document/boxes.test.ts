import { produce } from "immer";
import { expect, test } from "vitest";
import {
  boundsOf,
  boxBetween,
  furthest,
  linkPath,
  nodeBoxes,
  overlaps,
  portOffset,
} from "./boxes.ts";
import { connect } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";

test("places further out than browsers can draw are brought in, and no place is no number", () => {
  const graph = produce(exampleGraph, (draft) => {
    const places = { load: { x: 1e300, y: -1e9 }, encode: { x: Number.NaN, y: 3 }, sample: {} };
    for (const [id, ui] of Object.entries(places)) {
      const node = draft.nodes[id];
      if (node !== undefined) node.ui = ui;
    }
  });
  const boxes = nodeBoxes(graph, exampleCatalogue);
  expect(boxes.get("load")).toMatchObject({ x: furthest, y: -furthest });
  expect(boxes.get("encode")).toMatchObject({ x: 0, y: 3 });
  expect(boxes.get("sample")).toMatchObject({ x: 0, y: 0 });
});

test("a drawn node has the size it was drawn in", () => {
  const drawn = new Map([["load", { width: 9, height: 8 }]]);
  const boxes = nodeBoxes(exampleGraph, exampleCatalogue, drawn);
  expect(boxes.get("load")).toEqual({ x: 0, y: 0, width: 9, height: 8 });
});

test("the box around boxes, and whether two meet", () => {
  const one = boxBetween({ x: 5, y: 9 }, { x: 1, y: 2 });
  expect(one).toEqual({ x: 1, y: 2, width: 4, height: 7 });
  const other = { x: 10, y: 0, width: 1, height: 1 };
  expect(boundsOf([one, other])).toEqual({ x: 1, y: 0, width: 10, height: 9 });
  expect(boundsOf([])).toBeUndefined();
  expect(overlaps(one, other)).toBe(false);
  expect(overlaps(one, { ...other, x: 5, y: 5 })).toBe(true);
});

test("ports lie in rows under the header; a param that a link feeds comes after them", () => {
  const at = (side: "input" | "output", port: string, graph = exampleGraph) =>
    portOffset(graph, exampleCatalogue, { node: "sample", side, port });
  expect(at("input", "source")).toEqual({ x: 1, y: 46 });
  expect(at("input", "hint").y - at("input", "source").y).toBe(22);
  expect(at("output", "latent").x).toBeGreaterThan(190);
  const fed = connect({ node: "load", output: "image" }, { node: "sample", input: "steps" });
  expect(at("input", "steps", produce(exampleGraph, fed)).y).toBe(46 + 44);
});

test("a link leaves and arrives level", () => {
  expect(linkPath({ x: 0, y: 0 }, { x: 100, y: 50 })).toBe("M 0 0 C 42 0 58 50 100 50");
});
