import type { GraphDocument } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { linkPath } from "./boxes.ts";
import { pasteClip } from "./clipboard.ts";
import { connect, disconnect, moveNodes } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { addStop, clearStops, moveStop } from "./lead-links.ts";
import { stopsOf } from "./link-stops.ts";

const end = { node: "sample", input: "source" };
const [from, to] = [
  { x: 0, y: 0 },
  { x: 300, y: 0 },
];
const stops = (graph: GraphDocument, id = "sample") => stopsOf(graph.nodes[id], "source");
const led = produce(exampleGraph, addStop(end, { x: 200.4, y: 50 }, from, to));

test("a link is led through places, each between its neighbours", () => {
  expect(stops(led)).toEqual([{ x: 200, y: 50 }]);
  const twice = produce(led, addStop(end, { x: 100, y: 20 }, from, to));
  expect(stops(twice)).toEqual([
    { x: 100, y: 20 },
    { x: 200, y: 50 },
  ]);
  expect(stops(produce(twice, moveStop(end, 1, { x: 7, y: 8 })))[1]).toEqual({ x: 7, y: 8 });
  expect(produce(twice, clearStops(end))).toEqual(exampleGraph);
});

test("a link that goes, or that another one replaces, leaves no places behind", () => {
  const gone = produce(led, disconnect(end));
  expect(stops(gone)).toEqual([]);
  const other = produce(led, connect({ node: "encode", output: "latent" }, end));
  expect(stops(other)).toEqual([]);
});

test("places move with both ends of the link, and with a pasted copy", () => {
  const placeOf = (id: string) => ({ x: 0, y: 0, ...led.nodes[id]?.ui });
  const moved = (ids: readonly string[]) =>
    Object.fromEntries(ids.map((id) => [id, { x: placeOf(id).x + 10, y: placeOf(id).y + 20 }]));
  const both = produce(led, moveNodes(moved(["encode", "sample"])));
  expect(stops(both)).toEqual([{ x: 210, y: 70 }]);
  expect(stops(produce(led, moveNodes(moved(["sample"]))))).toEqual([{ x: 200, y: 50 }]);
  const { encode, sample } = led.nodes;
  if (encode === undefined || sample === undefined) throw new Error("the example has changed");
  const clip: GraphDocument = { ...led, nodes: { encode, sample } };
  const at = { x: placeOf("encode").x + 5000, y: placeOf("encode").y };
  const { edit } = pasteClip(clip, led, { at, isLinked: false, catalogue: exampleCatalogue });
  const pasted = produce(led, edit);
  const by = (pasted.nodes["sample-2"]?.ui?.x ?? 0) - placeOf("sample").x;
  expect(stops(pasted, "sample-2")).toEqual([{ x: 200 + by, y: expect.any(Number) }]);
});

test("a path goes through each place", () => {
  expect(linkPath(from, to, [{ x: 100, y: 40 }])).toMatch(/^M 0 0 C .* 100 40 C .* 300 0$/);
});

test("places that make no sense are no places", () => {
  for (const made of [
    null,
    3,
    [],
    { source: 3 },
    { source: [{ x: 1 }] },
    { source: [{ x: "1", y: 2 }] },
  ]) {
    expect(stopsOf({ ui: { stops: made } }, "source")).toEqual([]);
  }
});
