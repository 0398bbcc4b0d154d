import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleGraph } from "./example.fixture.ts";
import { drawSeeds, isFreeSeed, toggleFreeSeed } from "./free-seeds.ts";

const toggled = produce(exampleGraph, toggleFreeSeed("sample", "seed"));

test("a seed is kept until it is let go, and kept again on request", () => {
  const [before, after] = [exampleGraph, toggled].map(({ nodes }) => nodes["sample"]);
  expect(before && isFreeSeed(before, "seed")).toBe(false);
  expect(after && isFreeSeed(after, "seed")).toBe(true);
  const back = produce(toggled, toggleFreeSeed("sample", "seed"));
  expect(back.nodes["sample"]?.ui).toEqual(exampleGraph.nodes["sample"]?.ui);
});

test("free seeds are drawn, and nothing else changes", () => {
  expect(drawSeeds(exampleGraph, () => 5)).toBeUndefined();
  const edit = drawSeeds(toggled, () => 5);
  const drawn = edit === undefined ? toggled : produce(toggled, edit);
  expect(drawn.nodes["sample"]?.params?.["seed"]).toBe(5);
  expect(drawn.nodes["decode"]).toBe(toggled.nodes["decode"]);
});
