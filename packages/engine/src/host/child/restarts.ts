/** Delays the restarts of a process that dies again and again. */
export interface Restarts {
  /** Takes note that a process which had been ready has died. */
  note(): void;
  /** How long the next process has to wait before it starts. */
  delayMs(): number;
}

/** Deaths are forgotten after this time. */
const memoryMs = 60_000;
const firstDelayMs = 100;
const maxDelayMs = 10_000;

/**
 * The first restart is immediate; each further one within a minute waits twice as long as the one before.
 * @param now Milliseconds since any start.
 */
export function createRestarts(now: () => number = () => performance.now()): Restarts {
  let deathsMs: readonly number[] = [];
  return {
    note() {
      deathsMs = [...deathsMs.filter((ms) => now() - ms < memoryMs), now()];
    },
    delayMs() {
      const lastMs = deathsMs.at(-1);
      if (lastMs === undefined || deathsMs.length < 2) return 0;
      const delayMs = Math.min(maxDelayMs, firstDelayMs * 2 ** (deathsMs.length - 2));
      return Math.max(0, lastMs + delayMs - now());
    },
  };
}
