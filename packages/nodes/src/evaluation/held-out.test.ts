import { readFile } from "node:fs/promises";
import { usualSampling } from "@insightgraph/editing/scoring";
import { parseGraph } from "@insightgraph/engine/graph";
import { migrateGraph } from "@insightgraph/engine/node";
import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationHeldOut } from "./held-out.ts";

const files = new URL("../../../../", import.meta.url);
const readGraph = async (path: string) => parseGraph(await readFile(new URL(path, files), "utf8"));

const settings = {
  ...{ checkpoint: "insightedit-mini", count: 3, steps: 1 },
  ...{ textGuidance: 1, imageGuidance: 1, noiseScale: 0.3, hasAdapter: true },
};

test("edits the first held-out scenes, counts them, and shows each as a row of three", async () => {
  const context = runContext();
  const { gallery, scores, success } = await evaluationHeldOut.run({}, settings, context);
  expect(context.steps).toHaveLength(3);
  expect(scores).toMatch(/^all +3 /m);
  expect(scores).toContain("replace");
  expect([0, 1 / 3, 2 / 3, 1]).toContain(success);
  expect(gallery.width).toBe(3 * 420);
});

test("stops between two edits", async () => {
  const stop = new AbortController();
  const context = { ...runContext(stop.signal), progress: () => stop.abort() };
  await expect(evaluationHeldOut.run({}, settings, context)).rejects.toThrow(/abort/i);
});

test("measures what graphs/insightedit.json draws", async () => {
  const { nodes } = await readGraph("graphs/insightedit.json");
  expect(nodes["sample"]?.params).toMatchObject(usualSampling);
});

test("keeps full noise for graphs from before the noise scale", async () => {
  const old = await readGraph("test/fixtures/graphs/held-out-version-1.json");
  const { nodes } = migrateGraph(old, new Map([[evaluationHeldOut.type, evaluationHeldOut]]));
  expect(nodes["evaluate"]).toMatchObject({
    version: 2,
    params: { count: 30, steps: 1, noiseScale: 1 },
  });
});
