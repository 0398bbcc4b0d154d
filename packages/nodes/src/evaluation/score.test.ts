import { readFile } from "node:fs/promises";
import { parseGraph, validateGraph } from "@insightgraph/engine/graph";
import { createRegistry } from "@insightgraph/engine/node";
import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationHeldOutScenes } from "./held-out-scenes.ts";
import { evaluationScore } from "./score.ts";

async function scoreOf(pick: "source" | "target") {
  const {
    instruction: _,
    seed: __,
    ...scenes
  } = await evaluationHeldOutScenes.run({}, { count: 3, first: 0, objects: "all" }, runContext());
  return evaluationScore.run({ ...scenes, result: scenes[pick] }, {}, runContext());
}

test("counts edits that are right, as text, as JSON and as a share", async () => {
  const { scores, table, success } = await scoreOf("target");
  expect(success).toBe(1);
  expect(scores).toMatch(/^all +3 +100\.0 %/m);
  const { all, edits } = JSON.parse(table);
  expect(all).toMatchObject({ count: 3, successes: 3 });
  expect(edits).toHaveLength(3);
  expect(edits[1]).toMatchObject({ operation: "add", kind: "simple", isDone: true });
});

test("an edit that leaves the picture alone is wrong", async () => {
  expect((await scoreOf("source")).success).toBe(0);
});

test("a graph with the node that this one replaces says what to use", async () => {
  const file = new URL("../../../../test/fixtures/graphs/held-out-version-1.json", import.meta.url);
  const old = parseGraph(await readFile(file, "utf8"));
  const { catalogue } = createRegistry([evaluationScore]);
  expect(validateGraph(old, catalogue)).toMatchObject([
    { code: "graph.unknown-type", hint: expect.stringContaining("graphs/evaluate.json") },
  ]);
});
