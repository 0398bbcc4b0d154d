// What running a graph over a data set costs beside the graph itself.
//   npx tsx --conditions=@insightgraph/source test/bench/datasets.ts [ITEMS]
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stepGraph, stepNode } from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { openDataset } from "../../packages/editing/src/datasets.ts";
import { openSqliteBatchStore, runBatch } from "../../packages/engine/src/batches.ts";

const itemCount = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-bench-"));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Ends each run at once: all that is left is what a batch does for an item. */
const host = {
  run: async () => ({
    ended: Promise.resolve({ type: "run-finished", ms: 0 } as const),
    cancel: () => {},
  }),
};
const graph = { format: "insightgraph", version: 1, nodes: {} } as const;

async function* seeds(count: number) {
  for await (const { key } of (await openDataset(`seeds:${count}`)).items()) {
    yield { key, fingerprint: "f" };
  }
}

async function benchItems(): Promise<void> {
  const store = await openSqliteBatchStore(path.join(folder, "items.db"));
  let [done, settled] = [0, 0];
  const memory: number[] = [];
  const run = async (): Promise<number> => {
    const startMs = performance.now();
    await runBatch({
      ...{ store, hosts: [host, host, host, host], items: seeds(itemCount), now: Date.now },
      prepare: async ({ key }) => ({
        request: { graph },
        collect: async () => ({ result: { rows: [{ key }] }, sizeBytes: 100 }),
      }),
      report(report) {
        if (report.type === "items-settled") settled += report.count;
        if (report.type !== "item-done") return;
        done += 1;
        if (done % Math.ceil(itemCount / 10) === 0) memory.push(process.memoryUsage().rss);
      },
    });
    return performance.now() - startMs;
  };
  const ms = await run();
  const [first = 0, last = 0] = [memory[0], memory.at(-1)];
  console.log(
    `${done} items: ${((done / ms) * 1000).toFixed(0)} a second, ${(ms / done).toFixed(3)} ms each`,
  );
  console.log(`memory after each tenth: ${memory.map(megabytes).join(", ")}`);
  console.log(`grown from the first tenth to the last: ${megabytes(last - first)} (limit: flat)`);
  const again = await run();
  console.log(
    `resumed with nothing left to do: ${settled} items in ${(again / 1000).toFixed(1)} s`,
  );
  await store.close();
}

const project = fileURLToPath(new URL("../../", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** Runs a graph of one stage that takes so long, through the command and its processes. */
async function benchCommand(stageMs: number, count: number, workers: number): Promise<void> {
  const at = (name: string): string => path.join(folder, name);
  await writeFile(at("step.mjs"), stepNode(at("log"), at("none"), stageMs));
  await writeFile(at("graph.json"), JSON.stringify(stepGraph("text")));
  const sink = `out-${stageMs}-${workers}`;
  const args = `dataset run graph.json --source seeds:${count} --sink ${sink} --nodes step.mjs --no-cache --json`;
  const entry = path.join(project, "packages/app/src/insightgraph.ts");
  const node = ["--conditions=@insightgraph/source", "--import", tsx, entry, ...args.split(" ")];
  const env = { ...process.env, INIT_CWD: folder, INSIGHTGRAPH_DATA: at("data") };
  const child = spawn(process.execPath, [...node, "--workers", `${workers}`], { cwd: folder, env });
  child.stderr.resume();
  let [startMs, endMs, done] = [0, 0, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    const { type } = JSON.parse(line) as { readonly type: string };
    if (type !== "item-done") continue;
    done += 1;
    // The first items also load the node types.
    if (done === workers) startMs = performance.now();
    endMs = performance.now();
  }
  const each = ((endMs - startMs) * workers) / (done - workers);
  const overhead = each - stageMs;
  console.log(
    `stage of ${stageMs} ms, ${workers} processes: ${each.toFixed(1)} ms an item, ${overhead.toFixed(1)} ms beside the stage (${((100 * overhead) / each).toFixed(1)} %; aim: at most 5 %)`,
  );
}

try {
  await benchCommand(500, 40, 1);
  await benchCommand(500, 40, 2);
  await benchItems();
} finally {
  await rm(folder, { recursive: true });
}
