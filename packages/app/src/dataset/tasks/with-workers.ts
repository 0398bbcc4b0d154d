import { stderr } from "node:process";
import { digestOfPlaces } from "../../digest-of-places.ts";
import { parsePriority } from "../../parse-priority.ts";
import { fromCaller } from "../../places.ts";
import { parseCount } from "../dataset-options.ts";
import { databaseOf, openWorkPlaces } from "./open-work-places.ts";
import type { Workers } from "./run-tasks.ts";

/** Options of a command that may leave the computing to workers, besides those of `workOptions`. */
interface WorkersOptions {
  readonly connect?: string | undefined;
  readonly store?: string | undefined;
  readonly "task-size": string;
  readonly priority: string;
  /** Places of node types from outside the pack. */
  readonly nodes: readonly string[];
}

/**
 * Opens what a run with workers shares with them, for as long as `task` takes; without a database there are none.
 * @param itemsPerSize How many items one of `--task-size` is.
 * Throws: command.usage, jobs.unavailable, objects.place.
 */
export async function withWorkers<T>(
  options: WorkersOptions,
  itemsPerSize: number,
  interrupted: AbortSignal,
  task: (signal: AbortSignal, workers?: Workers) => Promise<T>,
): Promise<T> {
  if (databaseOf(options.connect) === undefined) return task(interrupted);
  const itemsPerTask = itemsPerSize * parseCount("task-size", options["task-size"]);
  const priority = parsePriority(options.priority);
  const nodes = (await digestOfPlaces(options.nodes.map(fromCaller))) ?? "";
  const { objects, queue } = await openWorkPlaces(options);
  const log = (text: string): void => void stderr.write(`${text}\n`);
  const cancelled = new AbortController();
  const cancel = (): void => cancelled.abort();
  try {
    return await task(AbortSignal.any([interrupted, cancelled.signal]), {
      ...{ objects, queue, nodes, itemsPerTask, priority, log, cancel },
    });
  } finally {
    await queue.close();
  }
}
