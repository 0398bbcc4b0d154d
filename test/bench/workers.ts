// Prints what workers cost and give, beside one machine's `dataset run` on the same work, whose stages are simulated
// by waiting: `node --conditions=@insightgraph/source --import tsx test/bench/workers.ts`
// With `--kills N`, only kills processes at random and counts what is lost or doubled.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createCommandLine } from "../../packages/app/src/command-line.fixture.ts";
import { stepGraph, stepNode } from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { openDataset, recordOf } from "../../packages/editing/src/datasets.ts";
import {
  queryPostgres,
  startPostgres,
} from "../../packages/engine/src/postgres/postgres-server.fixture.ts";

const { values } = parseArgs({
  options: {
    items: { type: "string", default: "240" },
    ms: { type: "string", default: "250" },
    task: { type: "string", default: "30" },
    kills: { type: "string" },
  },
});
const server = await startPostgres();
if (server === undefined) throw new Error("PostgreSQL is not installed");
const line = await createCommandLine();
const at = (name: string): string => path.join(line.folder, name);
await writeFile(at("step.mjs"), stepNode(at("log"), at("fails"), Number(values.ms)));
await writeFile(at("steps.json"), JSON.stringify(stepGraph("text")));

type Started = ReturnType<typeof line.start>;

/** Resolves once a process has written a text. */
function said({ child }: Started, text: string): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes(text) && resolve());
  });
}

function places(database: string): readonly string[] {
  return ["--connect", database, "--store", "store"];
}

function startWorker(database: string): Started {
  return line.start("worker", ...places(database), "--nodes", "step.mjs", "--no-cache");
}

function startRun(sink: string, ...rest: readonly string[]): Started {
  const command = `dataset run steps.json --source seeds:${values.items} --sink ${sink} --nodes step.mjs`;
  return line.start(...command.split(" "), "--no-cache", "--json", ...rest);
}

/** Seconds from the first item to the finished data set. */
async function timeRun(run: Started): Promise<number> {
  await said(run, "item-started");
  const startMs = performance.now();
  const { code, errors } = await run.answer;
  if (code !== 0) throw new Error(errors);
  return (performance.now() - startMs) / 1000;
}

async function timeWorkers(count: number): Promise<number> {
  const database = await server?.newDatabase();
  if (database === undefined) throw new Error("there is no database");
  const workers = Array.from({ length: count }, () => startWorker(database));
  await Promise.all(workers.map((worker) => said(worker, "takes tasks")));
  const seconds = await timeRun(
    startRun(`by-${count}`, ...places(database), "--task-size", values.task),
  );
  for (const { child, answer } of workers) {
    child.kill("SIGTERM");
    await answer;
  }
  return seconds;
}

/** Seconds from the death of a worker until another one has its task. */
async function timeDeath(): Promise<number> {
  const database = (await server?.newDatabase()) ?? "";
  const run = startRun("death", ...places(database), "--task-size", values.items);
  const claimed = async (deaths: number): Promise<void> => {
    const sql = `SELECT 1 FROM pgboss.job WHERE state = 'active' AND retry_count = ${deaths}`;
    while ((await queryPostgres(database, sql).catch(() => [])).length === 0) await setTimeout(100);
  };
  const victim = startWorker(database);
  await claimed(0);
  const other = startWorker(database);
  await said(other, "takes tasks");
  const startMs = performance.now();
  victim.child.kill("SIGKILL");
  await claimed(1);
  const seconds = (performance.now() - startMs) / 1000;
  for (const { child, answer } of [run, other]) {
    child.kill("SIGKILL");
    await answer;
  }
  return seconds;
}

/** Kills two workers and the run, at random, again and again. */
async function killAtRandom(kills: number): Promise<void> {
  const database = (await server?.newDatabase()) ?? "";
  const args = [...places(database), "--task-size", "3", "--resume"];
  const running = [startWorker(database), startWorker(database), startRun("killed", ...args)];
  for (let kill = 0; kill < kills; kill++) {
    await setTimeout(2000 + Math.random() * 4000);
    const which = Math.floor(Math.random() * running.length);
    const victim = running[which];
    victim?.child.kill("SIGKILL");
    await victim?.answer;
    running[which] = which < 2 ? startWorker(database) : startRun("killed", ...args);
  }
  await running[2]?.answer;
  for (const { child } of running.slice(0, 2)) child.kill("SIGTERM");
  const texts: unknown[] = [];
  for await (const item of (await openDataset(at("killed"))).items()) {
    texts.push(recordOf(item, await item.load()).fields["text"]);
  }
  const ran = (await readFile(at("log"), "utf8")).trim().split("\n").length;
  const different = new Set(texts).size;
  console.log(
    `${kills} random kills of workers and run: ${Number(values.items) - different} lost, ` +
      `${texts.length - different} doubled of ${values.items} (0 and 0); ${ran} ran`,
  );
}

if (values.kills !== undefined) await killAtRandom(Number(values.kills));
else {
  const alone = await timeRun(startRun("alone"));
  console.log(`alone: ${alone.toFixed(1)} s`);
  for (const count of [1, 2, 4]) {
    const seconds = await timeWorkers(count);
    const times = (alone / seconds).toFixed(2);
    console.log(
      `${count} workers: ${seconds.toFixed(1)} s, ${times} times one machine (at least ${(0.95 * count).toFixed(2)})`,
    );
  }
  console.log(`a dead worker's task is elsewhere after ${(await timeDeath()).toFixed(1)} s`);
}
await line.remove();
await server.stop();
