// Pairs per second through the data pipelines that need nothing added, and the share outside of nodes, where models and
// pixels are, of the time and of the processor's time, which other programs on the machine do not lengthen; the aim is 5 %.
// With previews as a page gets them, and without as `dataset run` asks for; models stay open from item to item, as there:
// `npx tsx --conditions=@insightgraph/source test/bench/data-pipelines.ts [SCENES]`

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { loadGraph } from "../../packages/app/src/load-graph.ts";
import { createMemoryStore } from "../../packages/engine/src/cache.ts";
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

/** What it costs to ask for the processor's time once: the more, the more threads there are. */
function askingMs(): number {
  const calls = 1000;
  const before = processorMs();
  for (let call = 0; call < calls; call++) processorMs();
  return (processorMs() - before) / calls;
}

/** Time in which at least one node ran, on the clock and of the processor, and the time of each node. */
function createClock() {
  const byNode = new Map<string, number>();
  let asked = 0;
  const started = new Map<string, number>();
  let [busyMs, sinceMs, busyProcessorMs, sinceProcessorMs] = [0, 0, 0, 0];
  return {
    byNode,
    busyMs: (): number => busyMs,
    busyProcessorMs: (): number => busyProcessorMs,
    asked: (): number => asked,
    emit(event: { readonly type: string; readonly nodeId?: string }): void {
      const id = event.nodeId ?? "";
      const now = performance.now();
      if (event.type === "node-started") {
        if (started.size === 0) {
          [sinceMs, sinceProcessorMs] = [now, processorMs()];
          asked += 1;
        }
        started.set(id, now);
      }
      if (event.type !== "node-finished" || !started.has(id)) return;
      byNode.set(id, (byNode.get(id) ?? 0) + now - (started.get(id) ?? now));
      started.delete(id);
      if (started.size > 0) return;
      busyMs += now - sinceMs;
      busyProcessorMs += processorMs() - sinceProcessorMs;
      asked += 1;
    },
  };
}

/** @returns milliseconds of the processor in nodes, for each item. */
async function measure(
  name: string,
  items: readonly Readonly<Record<string, unknown>>[],
  hasPreviews: boolean,
): Promise<number> {
  const graph = await loadGraph(path.join(graphs, `${name}.json`));
  const store = createMemoryStore();
  const run = async (
    inputs: Readonly<Record<string, unknown>>,
    clock: ReturnType<typeof createClock>,
  ) => {
    const { keep } = await callGraph(graph, registry, inputs, {
      store,
      open: pool.open,
      emit: clock.emit,
      hasPreviews,
    });
    return (keep as readonly boolean[]).length;
  };
  // Models are opened and scenes' pictures read once a process.
  const [first = {}, ...others] = items;
  await run(first, createClock());
  const clock = createClock();
  const [start, before] = [performance.now(), processorMs()];
  let pairs = 0;
  for (const inputs of others) pairs += await run(inputs, clock);
  const wallMs = performance.now() - start;
  const usedMs = processorMs() - before - clock.asked() * askingMs();
  const percentOutside = (busy: number, all: number): string => (100 * (1 - busy / all)).toFixed(1);
  console.log(
    `${name} with${hasPreviews ? "" : "out"} previews: ${pairs} pairs of ${others.length} items, ${((1000 * pairs) / wallMs).toFixed(2)} pairs/s, ` +
      `${(usedMs / pairs).toFixed(1)} ms of processor a pair; outside of nodes ${percentOutside(clock.busyMs(), wallMs)} % of the time, ` +
      `${percentOutside(clock.busyProcessorMs(), usedMs)} % of the processor's (aim: at most 5 %)`,
  );
  const slowest = [...clock.byNode].sort((a, b) => b[1] - a[1]).slice(0, 5);
  console.log(slowest.map(([id, ms]) => `  ${id} ${(ms / pairs).toFixed(1)} ms a pair`).join("\n"));
  return clock.busyProcessorMs() / others.length;
}

/** Milliseconds of the processor that the command takes for so many scenes, its processes included. */
async function commandMs(folder: string, scenes: number, options: readonly string[]) {
  const entry = path.join(graphs, "../packages/app/src/insightgraph.ts");
  const sink = path.join(folder, `scenes-${scenes}${options.join("")}`);
  const node = [process.execPath, ...process.execArgv, entry, "dataset", "run"];
  const graph = path.join(graphs, "data-pipeline-scenes.json");
  const args = [graph, "--source", `seeds:${scenes}`, "--sink", sink, ...options];
  // Bash tells what all processes below it took, those that the command started included.
  const shell = ["-c", '"$@" >&2; times', "bash", ...node, ...args];
  const env = { ...process.env, INSIGHTGRAPH_DATA: path.join(folder, "data") };
  const { stdout } = await promisify(execFile)("bash", shell, { env });
  const seconds = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  return seconds.reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60e3 + Number(rest) * 1e3,
    0,
  );
}

/** What a scene costs in `dataset run`, beside what its nodes take. */
async function measureCommand(folder: string, nodesMs: number): Promise<void> {
  const few = 10;
  for (const options of [["--no-cache"], []]) {
    // Starting takes the same for few and for many.
    const start = await commandMs(folder, few, options);
    const each = ((await commandMs(folder, few + sceneCount, options)) - start) / sceneCount;
    console.log(
      `dataset run ${options.join(" ")}: ${each.toFixed(1)} ms of processor an item, ${nodesMs.toFixed(1)} ms of it in the graph's own nodes; ` +
        "the rest writes pictures, fields, results and shards",
    );
  }
}

const sceneCount = Number(process.argv[2] ?? 200);
const scenes = Array.from({ length: sceneCount + 1 }, (_, at) => ({
  seed: at,
}));
const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-bench-"));
const photographs = [0, 1, 2, 3].map((at) => ({ picture: path.join(folder, `${at}.png`) }));
for (const [at, { picture }] of photographs.entries()) {
  const coffee = sharp(path.join(graphs, "samples/coffee.jpg"));
  await coffee.modulate({ brightness: 1 + at / 50 }).toFile(picture);
}
try {
  let nodesMs = 0;
  for (const hasPreviews of [true, false]) {
    nodesMs = await measure("data-pipeline-scenes", scenes, hasPreviews);
    await measure("data-pipeline-photographs", photographs, hasPreviews);
  }
  await measureCommand(folder, nodesMs);
} finally {
  await pool.close();
  await rm(folder, { recursive: true });
}
