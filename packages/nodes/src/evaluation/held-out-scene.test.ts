import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationHeldOutScene } from "./held-out-scene.ts";
import { evaluationHeldOutScenes } from "./held-out-scenes.ts";

test("is one of the list of held-out scenes", async () => {
  const settings = { count: 1, first: 7, objects: "ten" } as const;
  const lists = await evaluationHeldOutScenes.run({}, settings, runContext());
  const one = await evaluationHeldOutScene.run({}, { scene: 7, objects: "ten" }, runContext());
  const firsts = Object.entries(lists).map(([name, [value]]) => [name, value]);
  expect(one).toEqual(Object.fromEntries(firsts));
});
