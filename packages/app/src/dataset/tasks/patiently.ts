import { setTimeout } from "node:timers/promises";
import { EngineError } from "@insightgraph/engine/errors";

/** Time until what is not there is asked again. */
const againMs = 1000;

/** Asks something of a database or a store. */
export type Ask = <T>(what: () => Promise<T>) => Promise<T>;

/** Waits, or until a signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** Asks again while the database or the object store cannot be reached. Throws: every other fault, and those after the signal. */
export async function patiently<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  log: (text: string) => void,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      const isAway =
        thrown instanceof EngineError && /^(jobs|objects)\.unavailable$/.test(thrown.code);
      if (!isAway || signal.aborted) throw thrown;
      log(thrown.message);
      await pause(againMs, signal);
    }
  }
}
