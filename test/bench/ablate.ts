/**
 * An ablation of four variants against four runs of one variant each, without the disk's cache: nodes, time, and how much
 * of it nodes take. `ablate.ts [ITEMS]`
 */
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

const count = Number(argv[2] ?? 300);
const variants = parseVariants([
  ...["full", "no image branch: imageScale=0"],
  ...["two steps: steps=2", "text guidance: textGuidance=1.5"],
]);
const device = { provider: "cpu", precision: "float32" } as const;

/** Adds up the milliseconds of the nodes that ran; nodes that ran at the same time count each. */
function createClock() {
  let spent = 0;
  return {
    spent: () => spent,
    watch: (host: ExecutionHost): Pick<ExecutionHost, "facts" | "run"> => ({
      facts: host.facts,
      run: (request, emit) =>
        host.run(request, (event) => {
          if (event.type === "node-finished" && !event.cached) spent += event.ms;
          emit(event);
        }),
    }),
  };
}

async function ablate(cells: readonly Cell[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-ablate-"));
  const host = startExecution({
    folder: graphsDir,
    device,
    isWithoutCache: true,
    isRecorded: false,
  });
  const store = await openSqliteBatchStore(path.join(folder, "ablation.sqlite"));
  const clock = createClock();
  await host.facts();
  const begun = performance.now();
  const { rows } = await scoreCells({
    ...{ cells, items: heldOutItems(count), host: clock.watch(host), device, store },
    ...{ origin: graphsDir, folder, retriesFailed: false },
    signal: new AbortController().signal,
    report: () => {},
  });
  const ms = performance.now() - begun;
  await Promise.all([host.close(), store.close()]);
  await rm(folder, { recursive: true });
  return { rows, ms, spent: clock.spent() };
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

const together = await ablate(planned.cells);
const separate = [];
for (const cell of planned.cells) separate.push(await ablate([cell]));
const apart = separate.reduce((sum, { rows }) => sum + executedIn(rows), 0);
const apartMs = separate.reduce((sum, { ms }) => sum + ms, 0);
console.log(`${planned.cells.length} variants x ${count} items`);
console.log(`nodes executed: ${executedIn(together.rows)} together, ${apart} in separate runs`);
console.log(`time: ${seconds(together.ms)} together, ${seconds(apartMs)} in separate runs`);
const share = (100 * together.spent) / together.ms;
console.log(`time in nodes, added up: ${share.toFixed(1)} % of that (aim: at least 95 %)`);
const alone = separate.map(({ rows }) => rows);
const joined = together.rows.map((row, item) => ({
  ...row,
  outcomes: alone.map((rows) => rows[item]?.outcomes[0] ?? {}),
}));
console.log(
  `scores of both are ${scoresIn(joined) === scoresIn(together.rows) ? "equal" : "DIFFERENT"}`,
);

const scores = Array.from({ length: 300 }, (_, at) => Math.sin(at));
const begun = performance.now();
for (let column = 0; column < 8; column++) bootstrapMean(scores, { samples: 10_000, seed: 1 });
console.log(
  `bootstrap, 10,000 draws of 300 x 8: ${Math.round(performance.now() - begun)} ms (aim: 1000 ms)`,
);
