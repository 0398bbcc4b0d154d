import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { writeWhole } from "@insightgraph/editing/files";
import { type BatchItem, type BatchOptions, unsettledItems } from "@insightgraph/engine/batches";
import { toWireError, type WireError } from "@insightgraph/engine/errors";
import type { NodeCatalogue } from "@insightgraph/engine/graph";
import type { ObjectStore } from "@insightgraph/engine/objects";
import {
  type Cluster,
  type KeptOutcome,
  maxDeaths,
  type TaskItem,
  type TaskQueue,
} from "@insightgraph/engine/tasks";
import { modelsIn, presentModels } from "./models-in.ts";
import { type Ask, patiently, pause } from "./patiently.ts";
import { createRunFiles, type RunFiles } from "./run-files.ts";
import { createSilenceNotice } from "./silence-notice.ts";
import type { StoredOutcome } from "./stored-outcome.ts";
import type { TaskKind } from "./task-kind.ts";
import { waitWords } from "./wait-words.ts";

/** Who else computes the items of a run. */
export interface Workers {
  readonly queue: TaskQueue & Pick<Cluster, "runs">;
  readonly objects: ObjectStore;
  /** Digest of the node types from outside the pack. */
  readonly nodes: string;
  readonly itemsPerTask: number;
  /** Runs of a higher one go first. */
  readonly priority: number;
  log(text: string): void;
  /** Called where somebody has cancelled the run. */
  cancel(): void;
}

interface TaskRunOptions<Item extends BatchItem>
  extends Pick<BatchOptions<Item>, "store" | "items" | "report" | "retriesFailed"> {
  readonly workers: Workers;
  readonly kind: TaskKind<Item>;
  readonly catalogue: NodeCatalogue;
  /** Where the run's name in the database is kept. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Names the run that a sink has in the database, so that one that was cut off is found again. */
export const runFile = "workers-run.txt";
/** Items that are with workers at once, at most: the source is never listed whole. */
const maxAway = 20_000;
const pageSize = 64;
/** How often outcomes are looked for where there are none. */
const lookMs = 200;

function deadFault(): WireError {
  return {
    code: "process.lost",
    what: `${maxDeaths} workers died while they ran this item`,
    hint: "Look at it, and at the memory of the workers; --retry-failed runs it again.",
  };
}

/** Follows the items that are with workers. */
function createReturns<Item extends BatchItem>(
  options: TaskRunOptions<Item>,
  run: string,
  files: RunFiles,
) {
  const { store, kind, report = () => {}, workers } = options;
  const { queue } = workers;
  const attempts = new Map<string, number>();
  const why = async (): Promise<string | undefined> => {
    const waits = (await queue.runs()).find(({ id }) => id === run)?.waits;
    return waits && waitWords(waits);
  };
  const tellSilence = createSilenceNotice(workers.log, why, () => performance.now());
  let place = 0;
  const fail = async (key: string, attempt: number, error: WireError, ms: number) => {
    attempts.delete(key);
    if (await store.fail(key, attempt, error, Date.now()))
      await report({ type: "item-failed", key, ms, error });
  };
  const take = async ({ key, fingerprint, outcome }: KeptOutcome): Promise<void> => {
    const item = { key, fingerprint };
    const { ms, error, made } = outcome as unknown as StoredOutcome;
    // A task that was submitted twice, or a run that was cut off, tells an outcome again; one that was dead may be made.
    if ((await store.settled([item], made !== undefined)).has(key)) return;
    const attempt = attempts.get(key) ?? (await store.start(item, Date.now() - ms));
    if (made === undefined) {
      await fail(key, attempt, error ?? deadFault(), ms);
      return;
    }
    const result = await kind.unpack(made, key, attempt, files);
    attempts.delete(key);
    if (await store.finish(key, attempt, result, Date.now()))
      await report({ type: "item-done", key, ms, result });
  };
  return {
    away: () => attempts.size,
    async start(item: Item): Promise<number> {
      const attempt = await store.start(item, Date.now());
      attempts.set(item.key, attempt);
      await report({ type: "item-started", key: item.key, attempt });
      return attempt;
    },
    fail,
    /** Takes a page of what came back. @returns whether anything had */
    async collect(): Promise<boolean> {
      const page = await queue.outcomes(run, place, pageSize);
      for (const outcome of page) {
        await take(outcome);
        place = outcome.place;
      }
      const dead = await queue.takeDead(run);
      for (const { key } of dead) {
        const attempt = attempts.get(key);
        if (attempt !== undefined) await fail(key, attempt, deadFault(), 0);
      }
      const hasReturned = page.length + dead.length > 0;
      await tellSilence(hasReturned, attempts.size);
      if (!hasReturned && (await queue.isCancelled(run))) workers.cancel();
      return hasReturned;
    },
    /** What is still with workers waits for the next time. */
    async release(): Promise<void> {
      for (const [key, attempt] of attempts) await store.release(key, attempt);
    },
  };
}

type Returns<Item extends BatchItem> = ReturnType<typeof createReturns<Item>>;

/** Takes what workers committed for a run that was cut off, then forgets that run. */
async function reclaim<Item extends BatchItem>(
  options: TaskRunOptions<Item>,
  ask: Ask,
): Promise<void> {
  const { workers, folder } = options;
  const earlier = await readFile(path.join(folder, runFile), "utf8").catch(() => "");
  if (earlier === "") return;
  const files = createRunFiles(workers.objects, earlier, ask);
  const returns = createReturns(options, earlier, files);
  while (await ask(returns.collect));
  await ask(() => workers.queue.end(earlier));
  await files.clear();
}

/** Gives the items to workers, task by task, and takes what comes back meanwhile. */
async function giveOut<Item extends BatchItem>(
  options: TaskRunOptions<Item>,
  run: string,
  returns: Returns<Item>,
  files: RunFiles,
  ask: Ask,
): Promise<void> {
  const { kind, workers, signal } = options;
  const { queue, itemsPerTask } = workers;
  const { areTogether = () => false } = kind;
  let task: TaskItem[] = [];
  let last: Item | undefined;
  const submit = async (): Promise<void> => {
    const full = task;
    task = [];
    if (full.length > 0) await ask(() => queue.submit(run, [full]));
  };
  for await (const item of unsettledItems(options)) {
    if (signal.aborted) return;
    const isFull = task.length >= itemsPerTask;
    if (isFull && (last === undefined || !areTogether(last, item))) await submit();
    last = item;
    const attempt = await returns.start(item);
    try {
      task.push(await kind.pack(item, files));
    } catch (thrown) {
      if (signal.aborted) return;
      await returns.fail(item.key, attempt, toWireError(thrown), 0);
    }
    while (returns.away() >= maxAway && !signal.aborted) {
      await submit();
      if (!(await ask(returns.collect))) await pause(lookMs, signal);
    }
    if (returns.away() % pageSize === 0) await ask(returns.collect);
  }
  await submit();
}

/**
 * Runs a graph for each item that has something left to do, on workers. Does for a run with workers what `runBatch`
 * does on hosts of its own: the same items, states and reports.
 * Throws: what the source of the items throws, and faults of the store.
 */
export async function runTasks<Item extends BatchItem>(
  options: TaskRunOptions<Item>,
): Promise<void> {
  const { workers, kind, catalogue, folder, signal } = options;
  const { queue, objects, nodes, log, priority } = workers;
  const ask: Ask = (what) => patiently(what, signal, log);
  await reclaim(options, ask);
  const run = randomUUID();
  const files = createRunFiles(objects, run, ask);
  const present = await presentModels();
  const named = kind.graphs.flatMap((graph) => modelsIn(graph, catalogue, present));
  const about = {
    ...{ id: run, nodes, priority, title: kind.title, machine: hostname() },
    ...{ models: [...new Set(named)], description: await kind.describe(files) },
  };
  await ask(() => queue.begin(about));
  await writeWhole(path.join(folder, runFile), run);
  const returns = createReturns(options, run, files);
  try {
    await giveOut(options, run, returns, files, ask);
    // A dead item may have been given out once more.
    const isAway = async (): Promise<boolean> =>
      returns.away() > 0 || (await ask(() => queue.hasPending(run)));
    while (!signal.aborted && (await isAway())) {
      if (!(await ask(returns.collect))) await pause(lookMs, signal);
    }
    await ask(returns.collect);
    while (signal.aborted && (await returns.collect()));
  } finally {
    await returns.release();
  }
  await queue.end(run);
  await files.clear();
  await rm(path.join(folder, runFile));
}
