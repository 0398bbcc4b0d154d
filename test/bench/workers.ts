// Prints what workers cost and give, beside one machine's `dataset run` on the same work, whose stages are simulated
// by waiting: `node --conditions=@insightgraph/source --import tsx test/bench/workers.ts`
// With `--kills N`, only kills processes at random and counts what is lost or doubled; with `--empty N`, only times so
// many items that do nothing; with `--tasks N`, only counts how many tasks a second the database gives out and takes back.
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
import { openTaskQueue } from "../../packages/engine/src/tasks/pg-boss-queue.ts";
import { plainRun } from "../../packages/engine/src/tasks/task-run.fixture.ts";

const { values } = parseArgs({
  options: {
    items: { type: "string", default: "240" },
    ms: { type: "string", default: "250" },
    task: { type: "string", default: "30" },
    kills: { type: "string" },
    empty: { type: "string" },
    tasks: { type: "string" },
  },
});
const server = await startPostgres();
if (server === undefined) throw new Error("PostgreSQL is not installed");
const line = await createCommandLine();
const at = (name: string): string => path.join(line.folder, name);
const waits = values.empty === undefined ? Number(values.ms) : 0;
await writeFile(at("step.mjs"), stepNode(at("log"), at("fails"), waits));
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

const items = values.empty ?? values.items;

function startRun(sink: string, ...rest: readonly string[]): Started {
  const command = `dataset run steps.json --source seeds:${items} --sink ${sink} --nodes step.mjs`;
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

async function timeWorkers(count: number, sink = `by-${count}`): Promise<number> {
  const database = await server?.newDatabase();
  if (database === undefined) throw new Error("there is no database");
  const workers = Array.from({ length: count }, () => startWorker(database));
  await Promise.all(workers.map((worker) => said(worker, "takes tasks")));
  const seconds = await timeRun(startRun(sink, ...places(database), "--task-size", values.task));
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

/** Kills two workers and the run, at random, again and again: each while it is at work. */
async function killAtRandom(kills: number): Promise<void> {
  const database = (await server?.newDatabase()) ?? "";
  const args = [...places(database), "--task-size", "3", "--resume"];
  const launch = (which: number) => {
    const started = which === 0 ? startRun("killed", ...args) : startWorker(database);
    const sign = which === 0 ? "item-started" : "takes tasks";
    return { ...started, isAtWork: Promise.race([said(started, sign), started.answer]) };
  };
  const running = [launch(0), launch(1), launch(2)];
  for (let kill = 0; kill < kills; kill++) {
    const which = Math.floor(Math.random() * running.length);
    const victim = running[which];
    await victim?.isAtWork;
    await setTimeout(Math.random() * 4000);
    if (running[0]?.child.exitCode !== null) throw new RangeError(`all ended after ${kill} kills`);
    victim?.child.kill("SIGKILL");
    await victim?.answer;
    running[which] = launch(which);
  }
  const [run, ...workers] = running;
  await run?.answer;
  for (const { child } of workers) child.kill("SIGTERM");
  console.log(`${kills} random kills of workers and run: ${await countRecords("killed")}`);
}

/** Claims and commits tasks of 100 items as workers do that compute nothing. @returns how many a second */
async function timeTasks(count: number, workers: number): Promise<number> {
  const database = (await server?.newDatabase()) ?? "";
  const queues = await Promise.all(
    Array.from({ length: workers }, () => openTaskQueue(database, console.error)),
  );
  const [owner] = queues;
  await owner?.begin({ ...plainRun("bench"), nodes: "" });
  const items = Array.from({ length: 100 }, (_, at) => ({
    ...{ key: `item ${at}`, fingerprint: "f", input: { values: { seed: at }, pictures: {} } },
  }));
  for (let task = 0; task < count; task++) await owner?.submit("bench", [items]);
  const startMs = performance.now();
  const work = async (queue: (typeof queues)[number]): Promise<void> => {
    for (;;) {
      const task = await queue.claim({ nodes: "", models: [] });
      if (task === undefined) return;
      const outcomes = task.items.map(({ input, ...item }) => ({ ...item, outcome: input }));
      await queue.commit(task, outcomes, []);
      // As if somebody took all outcomes as they come: they wait for nobody.
      await queue.outcomes(task.run, Number.MAX_SAFE_INTEGER, 1);
    }
  };
  await Promise.all(queues.map(work));
  const seconds = (performance.now() - startMs) / 1000;
  for (const queue of queues) await queue.close();
  return count / seconds;
}

/** What became of all items of a run. */
async function countRecords(sink: string): Promise<string> {
  const texts: unknown[] = [];
  for await (const item of (await openDataset(at(sink))).items()) {
    texts.push(recordOf(item, await item.load()).fields["text"]);
  }
  const ran = (await readFile(at("log"), "utf8")).trim().split("\n").length;
  const different = new Set(texts).size;
  const lost = Number(items) - different;
  return `${lost} lost, ${texts.length - different} doubled of ${items} (0 and 0); ${ran} ran`;
}

if (values.tasks !== undefined) {
  for (const workers of [1, 2, 4, 8]) {
    const rate = await timeTasks(Number(values.tasks), workers);
    console.log(`${workers} workers: ${rate.toFixed(0)} tasks of 100 items a second`);
  }
} else if (values.empty !== undefined) {
  const seconds = await timeWorkers(2, "empty");
  const rate = (Number(items) / seconds).toFixed(0);
  const told = await countRecords("empty");
  console.log(`empty items by 2 workers: ${told}, in ${seconds.toFixed(0)} s, ${rate} a second`);
} else if (values.kills !== undefined) await killAtRandom(Number(values.kills));
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
