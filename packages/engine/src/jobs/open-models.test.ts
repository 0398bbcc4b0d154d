import { expect, test } from "vitest";
import type { GraphDocument } from "../graph/document.ts";
import { defineNode } from "../node/define-node.ts";
import { definePort } from "../node/define-port.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { createOpenModels, modelsOf } from "./open-models.ts";

const model = definePort<object>("model.test");
const load = defineNode({
  type: "test.load",
  version: 1,
  title: "Load",
  doc: "D.",
  inputs: {},
  params: { name: param.text({ default: "a", doc: "D." }) },
  outputs: { model: model("M.") },
  run: () => ({ model: {} }),
});
const { catalogue, portCatalogue: portTypes } = createRegistry([load]);

function graphWith(name: string): GraphDocument {
  const node = { type: "test.load", version: 1, params: { name } };
  return { format: "insightgraph", version: 1, nodes: { n: node }, graphs: { g: { nodes: {} } } };
}

test("a graph's models are its loading nodes with their params", () => {
  const [one] = modelsOf(graphWith("a"), { catalogue, portTypes });
  expect(modelsOf(graphWith("a"), { catalogue, portTypes })).toEqual([one]);
  expect(modelsOf(graphWith("b"), { catalogue, portTypes })).not.toEqual([one]);
});

/** Places jobs, named for their models and numbered, one after the other on one device. */
async function order(...queue: string[]): Promise<string> {
  const models = createOpenModels();
  const waiting = queue.map((id) => ({ id }));
  const placed: string[] = [];
  while (waiting.length > 0) {
    await models.learn(waiting, async (id) => [id.slice(0, 1)]);
    const next = models.choose(waiting, ["cpu"]);
    if (next === undefined) break;
    models.start(next.job.id, next.device);
    waiting.splice(waiting.indexOf(next.job), 1);
    placed.push(next.job.id);
  }
  return placed.join(" ");
}

test("[J3] jobs whose models are open go first", async () => {
  expect(await order("a1", "b1", "a2", "b2")).toBe("a1 a2 b1 b2");
});

test("[J3] a job is overtaken at most four times", async () => {
  expect(await order("a1", "b1", "a2", "a3", "a4", "a5", "a6", "b2")).toBe(
    "a1 a2 a3 a4 a5 b1 b2 a6",
  );
});

test("of several free devices, a job takes the one where its models are open", async () => {
  const models = createOpenModels();
  await models.learn([{ id: "a1" }], async () => ["a"]);
  models.start("a1", "cuda:1");
  await models.learn([{ id: "a2" }], async () => ["a"]);
  expect(models.choose([{ id: "a2" }], ["cuda:0", "cuda:1"])).toEqual({
    job: { id: "a2" },
    device: "cuda:1",
  });
});
