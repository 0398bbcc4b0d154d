import { produce } from "immer";
import { expect, test } from "vitest";
import { connect, type GraphEdit, moveNodes, renameNode, setParam, toggle } from "./edits.ts";
import { exampleGraph } from "./example.fixture.ts";
import { compareWork } from "./same-work.ts";

const same = (edit: GraphEdit) => {
  const after = produce(exampleGraph, edit);
  return Object.keys(after.nodes).filter(compareWork(after, exampleGraph));
};
const all = Object.keys(exampleGraph.nodes);

test("an edit outdates the node and all after it, and nothing before it", () => {
  expect(same(setParam("sample", "steps", 3))).toEqual(["load", "encode"]);
  expect(same(setParam("load", "path", "b.png"))).toEqual([]);
  expect(same(toggle(["decode"], "bypassed"))).toEqual(["load", "encode", "sample"]);
  const other = connect({ node: "load", output: "image" }, { node: "compare", input: "after" });
  expect(same(other)).toEqual(["load", "encode", "sample", "decode"]);
});

test("places, titles and copies of the same graph outdate nothing", () => {
  expect(same(moveNodes({ load: { x: 9, y: 9 } }))).toEqual(all);
  expect(same(renameNode("load", "Mine"))).toEqual(all);
  expect(all.filter(compareWork(exampleGraph, structuredClone(exampleGraph)))).toEqual(all);
});

test("a cycle is never done, and ends", () => {
  const cycle = produce(
    exampleGraph,
    connect({ node: "decode", output: "image" }, { node: "encode", input: "image" }),
  );
  expect(all.filter(compareWork(cycle, cycle))).toEqual(["load"]);
});
