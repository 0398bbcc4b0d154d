import { EventEmitter, once } from "node:events";
import { pauseFor, waitFor } from "./wait-for.ts";

/** How many may pass. */
export interface TurnstileLimits {
  /** Most at a time. */
  readonly concurrency: number;
  /** Most a minute, evenly spread; 0: any number. */
  readonly perMinute: number;
}

/** Lets requests to one endpoint through, in order. */
export interface Turnstile {
  /** Waits for a turn. @returns What ends the turn. */
  enter(limits: TurnstileLimits, signal?: AbortSignal): Promise<() => void>;
  /** Lets nobody in for so long: the endpoint asked for it. */
  pause(ms: number): Promise<void>;
}

/** A turnstile of this process alone that nobody has passed yet. */
export function createTurnstile(): Turnstile {
  const doors = new EventEmitter().setMaxListeners(0);
  let inside = 0;
  let nextMs = 0;
  let closedUntilMs = 0;
  const leave = (): void => {
    inside--;
    doors.emit("left");
  };
  const takeTime = async ({ perMinute }: TurnstileLimits, signal?: AbortSignal): Promise<void> => {
    const turnMs = Math.max(Date.now(), nextMs);
    nextMs = turnMs + (perMinute > 0 ? 60_000 / perMinute : 0);
    for (;;) {
      const leftMs = Math.max(turnMs, closedUntilMs) - Date.now();
      if (leftMs <= 0) return;
      await pauseFor(leftMs, signal);
    }
  };
  return {
    async enter(limits, signal) {
      signal?.throwIfAborted();
      while (inside >= limits.concurrency) await waitFor(once(doors, "left", { signal }), signal);
      inside++;
      try {
        await takeTime(limits, signal);
      } catch (cause) {
        leave();
        throw cause;
      }
      return leave;
    },
    async pause(ms) {
      closedUntilMs = Math.max(closedUntilMs, Date.now() + ms);
    },
  };
}
