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
  pause(ms: number): void;
}

/** Takes a turn of so many a minute. @returns milliseconds until then */
type TakeTurn = (perMinute: number, signal: AbortSignal | undefined) => Promise<number>;

/** A turnstile that nobody has passed yet. @param shared Gives the turns of all processes. @default this one's alone */
export function createTurnstile(shared?: TakeTurn): Turnstile {
  const doors = new EventEmitter().setMaxListeners(0);
  let inside = 0;
  let nextMs = 0;
  let closedUntilMs = 0;
  const leave = (): void => {
    inside--;
    doors.emit("left");
  };
  const takeTime = async ({ perMinute }: TurnstileLimits, signal?: AbortSignal): Promise<void> => {
    const gapMs = perMinute > 0 ? 60_000 / perMinute : 0;
    const isShared = shared !== undefined && gapMs > 0;
    const turnMs = isShared
      ? (await shared(perMinute, signal)) + Date.now()
      : Math.max(Date.now(), nextMs);
    signal?.throwIfAborted();
    nextMs = turnMs + gapMs;
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
    pause(ms) {
      closedUntilMs = Math.max(closedUntilMs, Date.now() + ms);
    },
  };
}

const turnstiles = new Map<string, Turnstile>();
let takeTurn: ((address: string, ...turn: Parameters<TakeTurn>) => Promise<number>) | undefined;

/** Takes the turns at all addresses, from now on, from where other processes take theirs too. */
export function shareTurns(take: NonNullable<typeof takeTurn>): void {
  takeTurn = take;
  turnstiles.clear();
}

/** The one turnstile of an address in this process. */
export function turnstileOf(address: string): Turnstile {
  const take = takeTurn;
  const shared: TakeTurn | undefined = take && ((...turn) => take(address, ...turn));
  const turnstile = turnstiles.get(address) ?? createTurnstile(shared);
  turnstiles.set(address, turnstile);
  return turnstile;
}
