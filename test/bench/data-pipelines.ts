// Pairs per second through the data pipelines that need nothing added, and the share outside of nodes, where models and
// pixels are, of the time and of the processor's time, which other programs on the machine do not lengthen; the aim is 5 %.
// With previews as a page gets them, and without as `dataset run` asks for:
// `npx tsx --conditions=@insightgraph/source test/bench/data-pipelines.ts`

import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadGraph } from "../../packages/app/src/load-graph.ts";
import { callGraph } from "../../packages/engine/src/execute.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const graphs = fileURLToPath(new URL("../../graphs/", import.meta.url));
const registry = createRegistry(nodes);
const pool = createSessionPool({});

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Time in which at least one node ran, on the clock and of the processor, and the time of each node. */
function createClock() {
  const byNode = new Map<string, number>();
  const started = new Map<string, number>();
  let [busyMs, sinceMs, busyProcessorMs, sinceProcessorMs] = [0, 0, 0, 0];
  return {
    byNode,
    busyMs: (): number => busyMs,
    busyProcessorMs: (): number => busyProcessorMs,
    emit(event: { readonly type: string; readonly nodeId?: string }): void {
      const id = event.nodeId ?? "";
      const now = performance.now();
      if (event.type === "node-started") {
        if (started.size === 0) [sinceMs, sinceProcessorMs] = [now, processorMs()];
        started.set(id, now);
      }
      if (event.type !== "node-finished" || !started.has(id)) return;
      byNode.set(id, (byNode.get(id) ?? 0) + now - (started.get(id) ?? now));
      started.delete(id);
      if (started.size > 0) return;
      busyMs += now - sinceMs;
      busyProcessorMs += processorMs() - sinceProcessorMs;
    },
  };
}

async function measure(
  name: string,
  items: readonly Readonly<Record<string, unknown>>[],
  hasPreviews: boolean,
): Promise<void> {
  const graph = await loadGraph(path.join(graphs, `${name}.json`));
  const run = async (
    inputs: Readonly<Record<string, unknown>>,
    clock: ReturnType<typeof createClock>,
  ) => {
    const { keep } = await callGraph(graph, registry, inputs, {
      open: pool.open,
      emit: clock.emit,
      hasPreviews,
    });
    return (keep as readonly boolean[]).length;
  };
  // Models are opened and scenes' pictures read once a process.
  await run(items[0] ?? {}, createClock());
  const clock = createClock();
  const [start, before] = [performance.now(), processorMs()];
  let pairs = 0;
  for (const inputs of items) pairs += await run(inputs, clock);
  const wallMs = performance.now() - start;
  const usedMs = processorMs() - before;
  const percentOutside = (busy: number, all: number): string => (100 * (1 - busy / all)).toFixed(1);
  console.log(
    `${name} with${hasPreviews ? "" : "out"} previews: ${pairs} pairs of ${items.length} items, ${((1000 * pairs) / wallMs).toFixed(2)} pairs/s, ` +
      `${(usedMs / pairs).toFixed(1)} ms of processor a pair; outside of nodes ${percentOutside(clock.busyMs(), wallMs)} % of the time, ` +
      `${percentOutside(clock.busyProcessorMs(), usedMs)} % of the processor's (aim: at most 5 %)`,
  );
  const slowest = [...clock.byNode].sort((a, b) => b[1] - a[1]).slice(0, 5);
  console.log(slowest.map(([id, ms]) => `  ${id} ${(ms / pairs).toFixed(1)} ms a pair`).join("\n"));
}

const scenes = Array.from({ length: 100 }, (_, at) => ({ seed: at + 1 }));
const picture = path.join(graphs, "samples/coffee.jpg");
for (const hasPreviews of [true, false]) {
  await measure("data-pipeline-scenes", scenes, hasPreviews);
  await measure("data-pipeline-photographs", [{ picture }, { picture }, { picture }], hasPreviews);
}
await pool.close();
