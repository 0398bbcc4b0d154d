import type { Cluster, ClusterRun, KnownWorker } from "../tasks/cluster.ts";

/** The run that a fake cluster has, and its dead item. */
export const fakeRun = "00000000-0000-4000-8000-000000000001";
export const fakeDead = "00000000-0000-4000-8000-000000000002";

/** A cluster with one run, which is what a test changes, and two workers. */
export function createFakeCluster(): Cluster {
  let run: ClusterRun = {
    ...{ id: fakeRun, title: "Scenes", machine: "desk", priority: 0, createdMs: 1 },
    ...{ isPaused: false, isCancelled: false, dead: 1, items: { done: 3, failed: 1 } },
    tasks: { waiting: 2, running: 1, done: 4, failed: 1 },
    waits: { reason: "model", model: "sd15" },
  };
  const worker: KnownWorker = {
    ...{ id: "w", machine: "studio", device: "cuda:0", models: ["sd15"], version: "0.1.0" },
    ...{
      memory: { freeBytes: 1, totalBytes: 2 },
      gpu: { usedBytes: 1, totalBytes: 4 },
      protocol: 1,
      nodes: "",
      upMs: 60_000,
    },
    ...{ done: 5, failed: 1, silentMs: 100 },
    task: { run: fakeRun, title: "Scenes", items: 2, settled: 1, sinceMs: 10 },
  };
  const { task: _task, ...idle } = worker;
  const workers = [worker, { ...idle, id: "v", silentMs: 90_000 }];
  return {
    workers: async () => workers,
    runs: async () => [run],
    run: async (id) =>
      id === fakeRun
        ? {
            run,
            cells: [run.tasks],
            perTenSeconds: [0, 4],
            failures: [{ code: "node.failed", count: 1, what: "no face", keys: ["a"] }],
            dead: [{ id: fakeDead, keys: ["b"] }],
          }
        : undefined,
    async change(id, { isCancelled = false, ...change }) {
      if (id !== fakeRun) return false;
      run = { ...run, ...change, isCancelled: run.isCancelled || isCancelled };
      return true;
    },
    retryDead: async (id, dead) => id === fakeRun && dead === fakeDead,
  };
}
