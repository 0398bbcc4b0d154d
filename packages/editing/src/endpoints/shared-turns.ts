import { EventEmitter, once } from "node:events";
import { createTurnstile, type Turnstile, type TurnstileLimits } from "./turnstile.ts";
import { pauseFor, waitFor } from "./wait-for.ts";

/** Turns at addresses, of all processes that share them. */
export interface SharedTurns {
  /** Waits for a place. @returns milliseconds until its turn, and what gives the place back */
  enter(
    address: string,
    limits: TurnstileLimits,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly waitMs: number; leave(): void }>;
  pause(address: string, ms: number): Promise<void>;
  /** Milliseconds for which an endpoint has asked to wait. */
  pausedMs(address: string): Promise<number>;
}

/** The turnstile of an address whose turns are shared. One of this process asks at a time, in order. */
export function createSharedTurnstile(turns: SharedTurns, address: string): Turnstile {
  const doors = new EventEmitter().setMaxListeners(0);
  let isAsking = false;
  const ask = async (limits: TurnstileLimits, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    while (isAsking) await waitFor(once(doors, "asked", { signal }), signal);
    isAsking = true;
    try {
      return await turns.enter(address, limits, signal);
    } finally {
      isAsking = false;
      doors.emit("asked");
    }
  };
  return {
    async enter(limits, signal) {
      const { waitMs, leave } = await ask(limits, signal);
      try {
        // Whoever has waited may meet a pause that began meanwhile.
        for (let ms = waitMs; ms > 0; ms = await turns.pausedMs(address))
          await pauseFor(ms, signal);
      } catch (cause) {
        leave();
        throw cause;
      }
      return leave;
    },
    pause: (ms) => turns.pause(address, ms),
  };
}

const turnstiles = new Map<string, Turnstile>();
let shared: SharedTurns | undefined;

/** Takes the turns at all addresses, from now on, from where other processes take theirs too. */
export function shareTurns(turns: SharedTurns): void {
  shared = turns;
  turnstiles.clear();
}

/** The one turnstile of an address in this process. */
export function turnstileOf(address: string): Turnstile {
  const known = turnstiles.get(address);
  if (known !== undefined) return known;
  const made = shared === undefined ? createTurnstile() : createSharedTurnstile(shared, address);
  turnstiles.set(address, made);
  return made;
}
