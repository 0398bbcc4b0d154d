import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type BatchItem,
  type ItemReport,
  openSqliteBatchStore,
  runBatch,
} from "@insightgraph/engine/batches";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { ObjectStore } from "@insightgraph/engine/objects";
import {
  beatMs,
  type ClaimedTask,
  maxDeaths,
  type TaskItem,
  type TaskQueue,
  type TaskSign,
} from "@insightgraph/engine/tasks";
import { patiently } from "./patiently.ts";
import { createRunFiles, type RunFiles } from "./run-files.ts";
import { storeOutcome } from "./stored-outcome.ts";
import type { TaskWork } from "./task-kind.ts";

/** What a worker computes with. */
export interface Worker {
  readonly queue: TaskQueue;
  readonly objects: ObjectStore;
  readonly host: ExecutionHost;
  log(text: string): void;
  /** Called for each item that is done or has failed, before it counts. */
  settled(): void;
}

/** Opens what a task asks for, in a folder of its own. */
export type OpenWork = (folder: string, files: RunFiles) => Promise<TaskWork<BatchItem>>;

/** What came of a task: `lost` where another worker has it now. */
export interface TaskEnding {
  readonly done: number;
  readonly failed: number;
  readonly left: number;
  readonly isLost: boolean;
}

/** Shows that the worker is alive until it ends, and learns what became of its task. */
function keepBeating({ queue }: Worker, task: ClaimedTask, on: (sign: TaskSign) => void) {
  const beat = async (): Promise<void> => {
    // While the database is away nobody else gets the task either.
    on(await queue.beat(task).catch(() => "own" as const));
  };
  const timer = setInterval(() => void beat(), beatMs);
  return () => clearInterval(timer);
}

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function halves(items: readonly TaskItem[]): readonly (readonly TaskItem[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** Runs the items of a task in a folder of its own. @returns outcomes, and the items that have none */
async function compute(
  { host, settled }: Worker,
  { items }: ClaimedTask,
  open: OpenWork,
  files: RunFiles,
  signal: AbortSignal,
) {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-task-"));
  const store = await openSqliteBatchStore(":memory:");
  try {
    const work = await open(folder, files);
    const { prepare } = work;
    const report = ({ type }: ItemReport): void => {
      if (type === "item-done" || type === "item-failed") settled();
    };
    const batch = { store, items: inOrder(work.items), signal, report, now: Date.now };
    await runBatch({ ...batch, hosts: [host], prepare });
    const records = await store.list({ states: ["done", "failed"], limit: items.length });
    const over = new Set(records.map(({ key }) => key));
    const outcomes = [];
    for (const record of records) outcomes.push(await storeOutcome(record, store, work.pack));
    return { records, outcomes, left: items.filter(({ key }) => !over.has(key)) };
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/**
 * Runs a task that a worker has claimed, and commits what came of it. On `signal`, and where the run is paused or
 * cancelled, it commits what is done and gives back the rest. Where two workers died over it, it becomes two halves, until the item that kills is alone.
 */
export async function runTask(
  worker: Worker,
  task: ClaimedTask,
  open: OpenWork,
  signal: AbortSignal,
): Promise<TaskEnding> {
  const { queue, objects, log } = worker;
  const { items } = task;
  const [lost, unwanted] = [new AbortController(), new AbortController()];
  const stopBeating = keepBeating(worker, task, (sign) => {
    if (sign === "lost") lost.abort();
    if (sign === "unwanted") unwanted.abort();
  });
  const nothing = { done: 0, failed: 0, left: items.length };
  try {
    if (task.deaths >= maxDeaths - 1 && items.length > 1) {
      const commit = () => queue.commit(task, [], halves(items));
      return { ...nothing, isLost: !(await patiently(commit, lost.signal, log)) };
    }
    const stop = AbortSignal.any([signal, lost.signal, unwanted.signal]);
    const files = createRunFiles(objects, task.run, (what) => patiently(what, stop, log));
    const made = await compute(worker, task, open, files, stop);
    if (lost.signal.aborted) return { ...nothing, isLost: true };
    const rest = made.left.length > 0 ? [made.left] : [];
    const commit = () => queue.commit(task, made.outcomes, rest);
    const isKept = await patiently(commit, lost.signal, log);
    const failed = made.records.filter(({ state }) => state === "failed").length;
    const done = made.records.length - failed;
    return { done, failed, left: made.left.length, isLost: !isKept };
  } catch (thrown) {
    // What fails for a task that another worker has is nobody's fault any more: the database may just have come back.
    if (lost.signal.aborted) return { ...nothing, isLost: true };
    throw thrown;
  } finally {
    stopBeating();
  }
}
