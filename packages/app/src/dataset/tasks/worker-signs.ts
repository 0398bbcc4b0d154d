import { randomUUID } from "node:crypto";
import { freemem, hostname, totalmem } from "node:os";
import { createGpuMemory } from "@insightgraph/engine/host";
import {
  beatMs,
  type ClaimedTask,
  type TaskQueue,
  type WorkerMeans,
  type WorkerReport,
} from "@insightgraph/engine/tasks";
import { appVersion } from "../../app-version.ts";
import type { TaskEnding } from "./run-task.ts";

/** Shows people a worker while it runs. */
export interface WorkerSigns {
  /** What the worker has: the models as they are now. */
  means(): Promise<WorkerMeans>;
  began(task: ClaimedTask): void;
  /** Called for each item of the task that is done or has failed. */
  settled(): void;
  ended(ending: TaskEnding): void;
  /** Takes the worker from the list. */
  close(): Promise<void>;
}

/** What is computed on: as people see it, and its name. */
interface Computer {
  readonly device: string;
  readonly name: string;
}

/** Begins to report a worker. @param means What it has when it is asked */
export async function showWorker(
  queue: TaskQueue,
  { device, name }: Computer,
  means: WorkerSigns["means"],
): Promise<WorkerSigns> {
  const gpuMemory = createGpuMemory();
  const id = randomUUID();
  const startMs = performance.now();
  const version = await appVersion();
  let task: Omit<NonNullable<WorkerReport["task"]>, "sinceMs"> | undefined;
  let [done, failed, taskMs] = [0, 0, 0];
  const report = async (): Promise<void> => {
    const nowMs = performance.now();
    const gpu = await gpuMemory(name);
    await queue.report(id, {
      ...(await means()),
      ...{ machine: hostname(), device, version, done, failed, upMs: Math.round(nowMs - startMs) },
      memory: { freeBytes: freemem(), totalBytes: totalmem() },
      ...(gpu !== undefined && { gpu }),
      ...(task && { task: { ...task, sinceMs: Math.round(nowMs - taskMs) } }),
    });
  };
  // A sign that did not arrive is followed by the next one.
  const show = (): void => void report().catch(() => {});
  show();
  const timer = setInterval(show, beatMs).unref();
  return {
    means,
    began({ run, title, items }) {
      task = { run, title, items: items.length, settled: 0 };
      taskMs = performance.now();
      show();
    },
    settled() {
      if (task !== undefined) task = { ...task, settled: (task.settled ?? 0) + 1 };
    },
    ended(ending) {
      task = undefined;
      done += ending.isLost ? 0 : ending.done;
      failed += ending.isLost ? 0 : ending.failed;
    },
    async close() {
      clearInterval(timer);
      await queue.leave(id).catch(() => {});
    },
  };
}
