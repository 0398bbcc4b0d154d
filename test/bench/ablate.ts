/**
 * An ablation of four variants against four runs of one variant each, without the disk's cache: nodes, time, and what is
 * spent outside nodes. Processor time is read from /proc, as wall time says little on a machine with other work; elsewhere
 * it is left out. `ablate.ts [ITEMS [ITEMS_APART]]`: the separate runs may have fewer items, and are compared with as many.
 */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { argv } from "node:process";
import type { ItemRow } from "../../packages/app/src/ablation/ablation-report.ts";
import type { Cell } from "../../packages/app/src/ablation/cell.ts";
import { heldOutItems } from "../../packages/app/src/ablation/held-out-items.ts";
import { parseVariants } from "../../packages/app/src/ablation/parse-variant.ts";
import { planVariants } from "../../packages/app/src/ablation/plan-cells.ts";
import { scoreCells } from "../../packages/app/src/ablation/score-cells.ts";
import { startExecution } from "../../packages/app/src/execution.ts";
import { loadGraph } from "../../packages/app/src/load-graph.ts";
import { graphsDir } from "../../packages/app/src/places.ts";
import { bootstrapMean } from "../../packages/editing/src/metrics/bootstrap-mean.ts";
import { openSqliteBatchStore } from "../../packages/engine/src/batches.ts";
import type { ExecutionHost } from "../../packages/engine/src/host.ts";

const [all = 300, apartCount = all] = argv.slice(2).map(Number);
const variants = parseVariants([
  ...["full", "no image branch: imageScale=0"],
  ...["two steps: steps=2", "text guidance: textGuidance=1.5"],
]);
const device = { provider: "cpu", precision: "float32" } as const;

/** Processor time of a process's main thread in ms, from its start. */
function mainThreadMs(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Processor time of all threads of a process in ms. */
function allThreadsMs(pid: string): number {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    return tasks.reduce((sum, task) => sum + mainThreadMs(`${pid}/task/${task}`), 0);
  } catch {
    return Number.NaN;
  }
}

/** The process that executes graphs. */
function executionPid(): string {
  try {
    const { pid } = process;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children.trim().split(" ").at(-1) ?? "";
  } catch {
    return "";
  }
}

/** Measures while no node runs: wall time, and processor time of the executing process. */
function createClock(pid: string) {
  let [running, wall, processor] = [0, 0, 0];
  let since = { wall: performance.now(), processor: mainThreadMs(pid) };
  const mark = () => ({ wall: performance.now(), processor: mainThreadMs(pid) });
  const count = (change: 1 | -1): void => {
    const now = mark();
    if (running === 0) {
      wall += now.wall - since.wall;
      processor += now.processor - since.processor;
    }
    running += change;
    since = now;
  };
  return {
    outside: () => ({ wall, processor }),
    watch: (host: ExecutionHost): Pick<ExecutionHost, "facts" | "run"> => ({
      facts: host.facts,
      run: (request, emit) =>
        host.run(request, (event) => {
          if (event.type === "node-started") count(1);
          if (event.type === "node-finished" || event.type === "node-failed") count(-1);
          emit(event);
        }),
    }),
  };
}

async function ablate(cells: readonly Cell[], count: number) {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-ablate-"));
  const host = startExecution({
    folder: graphsDir,
    device,
    isWithoutCache: true,
    isRecorded: false,
  });
  const store = await openSqliteBatchStore(path.join(folder, "ablation.sqlite"));
  await host.facts();
  const pid = executionPid();
  const clock = createClock(pid);
  const own = process.cpuUsage();
  const before = allThreadsMs(pid);
  const begun = performance.now();
  const { rows } = await scoreCells({
    ...{ cells, items: heldOutItems(count), host: clock.watch(host), device, store },
    ...{ origin: graphsDir, folder, retriesFailed: false },
    signal: new AbortController().signal,
    report: () => {},
  });
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(own);
  const ownMs = (user + system) / 1000;
  const outside = clock.outside();
  const processorMs = ownMs + allThreadsMs(pid) - before;
  await Promise.all([host.close(), store.close()]);
  await rm(folder, { recursive: true });
  return { rows, ms, outside, ownMs, processorMs };
}

const executedIn = (rows: readonly ItemRow[]): number =>
  rows
    .flatMap(({ outcomes }) => outcomes)
    .reduce((sum, { result }) => sum + (result?.executed ?? 0), 0);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const scoresIn = (rows: readonly ItemRow[]): string =>
  JSON.stringify(rows.map(({ outcomes }) => outcomes.map(({ result }) => result?.scores)));

const graph = await loadGraph(path.join(graphsDir, "ablate.json"));
const probe = startExecution({ folder: graphsDir, device, isRecorded: false });
const planned = await planVariants(graph, (await probe.facts()).catalogue, variants);
await probe.close();
if (planned.issues !== undefined) throw new Error(JSON.stringify(planned.issues));

const together = await ablate(planned.cells, all);
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const { outside, ownMs, processorMs } = together;
console.log(`${planned.cells.length} variants x ${all} items, together`);
console.log(`${executedIn(together.rows)} nodes executed in ${seconds(together.ms)}`);
console.log(`while no node ran: ${percent(outside.wall, together.ms)} of the time`);
const spent = outside.processor + ownMs;
console.log(
  `processor: ${seconds(processorMs)} in all; outside nodes ${seconds(outside.processor)} where graphs execute and ${seconds(ownMs)} where items are kept: ${percent(spent, processorMs)} (aim: at most 5 %)`,
);

const same = apartCount === all ? together : await ablate(planned.cells, apartCount);
const separate = [];
for (const cell of planned.cells) separate.push(await ablate([cell], apartCount));
const apart = separate.reduce((sum, { rows }) => sum + executedIn(rows), 0);
const apartMs = separate.reduce((sum, { ms }) => sum + ms, 0);
console.log(
  `${apartCount} items: ${executedIn(same.rows)} nodes together, ${apart} in separate runs`,
);
console.log(`time: ${seconds(same.ms)} together, ${seconds(apartMs)} in separate runs`);
const alone = separate.map(({ rows }) => rows);
const joined = same.rows.map((row, item) => ({
  ...row,
  outcomes: alone.map((rows) => rows[item]?.outcomes[0] ?? {}),
}));
console.log(
  `scores of both are ${scoresIn(joined) === scoresIn(same.rows) ? "equal" : "DIFFERENT"}`,
);

const scores = Array.from({ length: 300 }, (_, at) => Math.sin(at));
const begun = performance.now();
for (let column = 0; column < 8; column++) bootstrapMean(scores, { samples: 10_000, seed: 1 });
console.log(
  `bootstrap, 10,000 draws of 300 x 8: ${Math.round(performance.now() - begun)} ms (aim: 1000 ms)`,
);
