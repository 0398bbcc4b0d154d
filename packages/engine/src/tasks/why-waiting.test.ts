import { expect, test } from "vitest";
import type { KnownWorker } from "./cluster.ts";
import { whyWaiting } from "./why-waiting.ts";

const worker: KnownWorker = {
  ...{ id: "w", machine: "m", device: "cpu", memory: { freeBytes: 1, totalBytes: 2 } },
  ...{ models: ["one", "two"], version: "0", protocol: 1, nodes: "n", done: 0, failed: 0 },
  ...{ upMs: 0, silentMs: 0 },
};
const needs = { protocol: 1, nodes: "n", models: ["one"] };

test("[T5] a run that no worker can compute says why, and one that some worker can says nothing", () => {
  const why = (...workers: Partial<KnownWorker>[]) =>
    whyWaiting(
      needs,
      workers.map((each) => ({ ...worker, ...each })),
    );
  expect(why()).toEqual({ reason: "no-worker" });
  expect(why({ silentMs: 60_000 })).toEqual({ reason: "no-worker" });
  expect(why({ protocol: 2 })).toEqual({ reason: "version" });
  expect(why({ nodes: "" }, { protocol: 2 })).toEqual({ reason: "nodes" });
  expect(why({ models: ["two"] }, { nodes: "" })).toEqual({ reason: "model", model: "one" });
  expect(why({ nodes: "" }, {})).toBeUndefined();
});
