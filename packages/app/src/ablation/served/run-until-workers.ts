import { pause } from "../../dataset/tasks/patiently.ts";
import type { Workers } from "../../dataset/tasks/run-tasks.ts";
import { type CellRuns, runCells } from "../run-cells.ts";

/** How often workers are looked for. */
const lookMs = 3000;

/** Finds who computes in place of the host; undefined where nobody is there. */
export type FindWorkers = () => Promise<Workers | undefined>;

async function waitForWorkers(find: FindWorkers, signal: AbortSignal) {
  for (;;) {
    await pause(lookMs, signal);
    if (signal.aborted) return undefined;
    // While the database is away, so are its workers.
    const workers = await find().catch(() => undefined);
    if (workers !== undefined) return workers;
  }
}

/**
 * Runs cells on the host until workers are there that can go on; the cell that is at work then starts anew with them.
 * @returns those workers; undefined where the host has done all. Throws: what `runCells` throws.
 */
export async function runUntilWorkers(
  runs: CellRuns,
  find: FindWorkers,
): Promise<Workers | undefined> {
  const [isOver, isFound] = [new AbortController(), new AbortController()];
  const looking = waitForWorkers(find, isOver.signal).then((workers) => {
    if (workers !== undefined) isFound.abort();
    return workers;
  });
  try {
    await runCells({ ...runs, signal: AbortSignal.any([runs.signal, isFound.signal]) });
  } finally {
    isOver.abort();
  }
  return looking;
}
