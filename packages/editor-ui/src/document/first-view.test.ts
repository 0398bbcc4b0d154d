import { expect, test } from "vitest";
import type { Box } from "./boxes.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { startOf, viewOf } from "./first-view.ts";

const size = { width: 1056, height: 656 };
const box = (x: number, y: number): Box => ({ x, y, width: 200, height: 100 });

test("a graph that fits is shown whole, in the middle and at most at its own size", () => {
  const small = viewOf(new Map([["a", box(100, 50)]]), size, 0.7);
  expect(small).toEqual({ zoom: 1, x: 328, y: 228 });
  const wide = viewOf(
    new Map([
      ["a", box(0, 0)],
      ["b", box(1050, 0)],
    ]),
    size,
    0.7,
  );
  expect(wide).toEqual({ zoom: 0.8, x: 28, y: 288 });
});

test("a larger one begins at its corner, no smaller than asked", () => {
  const boxes = new Map([
    ["a", box(-50, 20)],
    ["b", box(3000, 2000)],
  ]);
  expect(viewOf(boxes, size, 0.7)).toEqual({ zoom: 0.7, x: 28 + 35, y: 28 - 14 });
});

test("it begins at the node to start at, where the corner would leave that out of sight", () => {
  const boxes = new Map([
    ["a", box(0, 0)],
    ["start", box(4000, 100)],
    ["b", box(5000, 2000)],
  ]);
  const view = viewOf(boxes, size, 1, "start");
  expect(view).toEqual({ zoom: 1, x: 28 - 4000, y: 28 });
});

test("no boxes have no view", () => {
  expect(viewOf(new Map(), size, 0.7)).toBeUndefined();
});

test("a person begins at the named instruction, else at the first text", () => {
  const named = { ...exampleGraph, inputs: { instruction: { node: "decode", param: "x" } } };
  expect(startOf(named, exampleCatalogue)).toBe("decode");
  const { inputs: _, ...unnamed } = exampleGraph;
  const texts = Object.entries(exampleCatalogue).filter(([, spec]) => {
    return Object.keys(spec.inputs).length === 0 && Object.values(spec.params)[0]?.kind === "text";
  });
  const first = Object.entries(exampleGraph.nodes).find(([, { type }]) =>
    texts.some(([text]) => text === type),
  );
  expect(startOf(unnamed, exampleCatalogue)).toBe(first?.[0]);
});
