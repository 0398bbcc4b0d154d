import { setTimeout } from "node:timers/promises";
import { EngineError } from "@insightgraph/engine/errors";

/** Time until what is not there is asked again: it doubles, up to the longest. */
const firstMs = 1000;
const longestMs = 15_000;

/** Asks something of a database or a store. */
export type Ask = <T>(what: () => Promise<T>) => Promise<T>;

/** Waits, or until a signal. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, signal && { signal }).catch(() => {});
}

/**
 * Asks again while the database or the object store cannot be reached; that is told once, and that it is over.
 * Throws: every other fault, and those after the signal.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  log: (text: string) => void,
  wait: typeof pause = pause,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await ask();
      if (attempt > 0) log("what was away is there again");
      return answer;
    } catch (thrown) {
      const isAway =
        thrown instanceof EngineError && /^(jobs|objects)\.unavailable$/.test(thrown.code);
      if (!isAway || signal.aborted) throw thrown;
      if (attempt === 0) log(thrown.message);
      // Many who wait do not come back at once.
      const waitMs = Math.min(longestMs, firstMs * 2 ** attempt) * (1 - Math.random() / 4);
      await wait(waitMs, signal);
    }
  }
}
