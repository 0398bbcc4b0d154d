import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateFromWeights, stateToWeights } from "@insightgraph/models";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTrainingFolder } from "./training-folder.ts";

let path = "";
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "training-folder-"));
});
afterEach(() => rm(path, { recursive: true }));

const layout = {
  parameters: [{ path: "layer.weight", shape: [2, 2], offset: 0, count: 4, init: { fill: 0 } }],
  count: 4,
};
const state = {
  step: 4321,
  parameters: Float32Array.of(1, 2, 3, 4),
  first: Float32Array.of(0.1, 0.2, 0.3, 0.4),
  second: Float32Array.of(5, 6, 7, 8),
  average: Float32Array.of(-1, -2, -3, -4),
};

test("gives a saved state back, read from the file", async () => {
  const folder = await openTrainingFolder(join(path, "new"));
  await folder.write("editing.safetensors", stateToWeights(layout, state));
  const kept = await folder.read("editing.safetensors");
  expect(kept && stateFromWeights(layout, kept)).toEqual(state);
});

test("leaves nothing but the whole checkpoint", async () => {
  const folder = await openTrainingFolder(path);
  await folder.write("editing.safetensors", stateToWeights(layout, state));
  await folder.write("editing.safetensors", stateToWeights(layout, { ...state, step: 5000 }));
  expect(await readdir(path)).toEqual(["editing.safetensors"]);
});

test("has nothing before the first checkpoint", async () => {
  const folder = await openTrainingFolder(path);
  expect(await folder.read("editing.safetensors")).toBeUndefined();
});
