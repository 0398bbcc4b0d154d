// Prints what the job queue and the start cost on this machine, each figure beside its limit:
// `node --conditions=@insightgraph/source --import tsx test/bench/jobs.ts`
// With `--kills 1000`, only drains jobs under that many random `kill -9`; `--jobs N` says how many.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { drainUnderKills } from "../../packages/app/src/drain-jobs.fixture.ts";
import type { ServerClient } from "../../packages/app/src/server-client.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { values } = parseArgs({
  options: { kills: { type: "string" }, jobs: { type: "string", default: "10000" } },
});

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function print(what: string, ms: number, limitMs: number): void {
  console.log(`${what}: ${ms.toFixed(0)} ms (at most ${limitMs} ms)`);
}

async function timeLists(client: ServerClient): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < 21; turn++) {
    const startMs = performance.now();
    await client.list(["queued"], 10_000);
    times.push(performance.now() - startMs);
  }
  print("listing the queued jobs over HTTP, median of 21", median(times), 50);
}

async function drain(jobs: number, kills: number, betweenMs: number): Promise<void> {
  const startMs = performance.now();
  const drained = await drainUnderKills({
    ...{ jobs, kills, jobMs: 0, betweenMs, isQueuedFirst: true },
    onQueued: timeLists,
  });
  const seconds = (performance.now() - startMs) / 1000;
  console.log(
    `${jobs} jobs under ${kills} random kills: ${drained.lost} lost, ${drained.doubled} doubled (0 and 0); ` +
      `${drained.done} done, ${drained.ran} ran, in ${seconds.toFixed(0)} s`,
  );
}

/** From the start of `npm start`'s script until the server says where it listens. */
async function timeStart(dataDir: string): Promise<number> {
  const startMs = performance.now();
  const env = { ...process.env, INSIGHTGRAPH_DATA: dataDir };
  const child = spawn(process.execPath, ["scripts/start.mjs", "--port", "0"], { cwd: root, env });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => String(chunk).includes("http://") && resolve());
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const ms = performance.now() - startMs;
  child.kill("SIGTERM");
  await new Promise((resolve) => child.on("close", resolve));
  return ms;
}

if (values.kills !== undefined) await drain(Number(values.jobs), Number(values.kills), 500);
else {
  const dataDir = await mkdtemp(path.join(tmpdir(), "insightgraph-start-"));
  await timeStart(dataDir);
  const times = [await timeStart(dataDir), await timeStart(dataDir), await timeStart(dataDir)];
  print("a second start until it listens, median of 3", median(times), 1000);
  await rm(dataDir, { recursive: true });
  await drain(Number(values.jobs), 20, 4000);
}
