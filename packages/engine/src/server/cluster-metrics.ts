import { Gauge, type Registry } from "prom-client";
import type { Cluster } from "../tasks/cluster.ts";
import { isAlive } from "../tasks/worker-signs.ts";

/** Asks the cluster once for all gauges of one reading. */
function createReading(open: () => Promise<Cluster>) {
  const read = async () => {
    const cluster = await open();
    return { workers: await cluster.workers(), runs: await cluster.runs() };
  };
  let current: ReturnType<typeof read> | undefined;
  return () => {
    current ??= read().finally(() => {
      current = undefined;
    });
    return current;
  };
}

/** Counts workers, and the tasks and items of the runs that there are. */
export function countCluster(open: () => Promise<Cluster>, registry: Registry): void {
  const read = createReading(open);
  type Reading = Awaited<ReturnType<typeof read>>;
  const gauge = (
    name: string,
    help: string,
    label: string,
    collect: (reading: Reading) => Record<string, number>,
  ) =>
    new Gauge({
      ...{ name, help, labelNames: [label], registers: [registry] },
      async collect() {
        this.reset();
        // Without its database, the server's other counts are still told.
        const reading = await read().catch(() => undefined);
        if (reading === undefined) return;
        for (const [value, count] of Object.entries(collect(reading))) {
          this.set({ [label]: value }, count);
        }
      },
    });
  gauge("insightgraph_workers", "Workers by what they do.", "state", ({ workers }) => {
    const alive = workers.filter(isAlive);
    const busy = alive.filter(({ task }) => task !== undefined).length;
    return { busy, idle: alive.length - busy, silent: workers.length - alive.length };
  });
  gauge("insightgraph_tasks", "Tasks of the runs that workers compute.", "state", ({ runs }) => {
    const sum = (state: "waiting" | "running" | "done" | "failed"): number =>
      runs.reduce((total, { tasks }) => total + tasks[state], 0);
    return {
      ...{ waiting: sum("waiting"), running: sum("running") },
      ...{ done: sum("done"), failed: sum("failed") },
    };
  });
  gauge("insightgraph_task_items", "Items that workers gave back.", "outcome", ({ runs }) => ({
    done: runs.reduce((total, { items }) => total + items.done, 0),
    failed: runs.reduce((total, { items }) => total + items.failed, 0),
    dead: runs.reduce((total, { dead }) => total + dead, 0),
  }));
  gauge(
    "insightgraph_cluster_runs",
    "Runs by whether workers compute them.",
    "state",
    ({ runs }) => {
      const stuck = runs.filter(({ waits }) => waits !== undefined).length;
      const paused = runs.filter(({ isPaused, waits }) => isPaused && waits === undefined).length;
      return { active: runs.length - stuck - paused, paused, stuck };
    },
  );
}
