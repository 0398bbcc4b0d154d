import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";
import type { Readable } from "node:stream";
import type { Departure } from "./departure.ts";

/** When a process is ended that does not do well. */
export interface ProcessLimits {
  /** Most memory of the process, in bytes. @default nine tenths of what there is */
  readonly maxBytes?: number;
  /** Longest time that a single native call or loop may block the process. @default 30 minutes */
  readonly stallMs?: number;
  /** Longest time without a beat, which a process sends even while it is blocked. @default 30 seconds */
  readonly silentMs?: number;
}

/** What the beats of a process have told. */
export interface Pulse {
  /** Memory of the process at its last beat. */
  memoryBytes(): number;
  /** Most memory that the process may have. */
  readonly limitBytes: number;
  /** Whether it then had nearly all the memory that it may have. */
  isLarge(): boolean;
  /** Expects beats from now on: the process is ready. */
  expectBeats(): void;
  stop(): void;
}

/** The memory that there is for the processes of this machine, or of this container. */
export function machineBytes(): number {
  // Without a limit, systems report zero or an absurdly large number.
  const limit = constrainedMemory() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** How often silence is looked for in the longest silence. */
const looks = 10;

function inUnits(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes < 1 ? `${Math.round(gigabytes * 1024)} MB` : `${gigabytes.toFixed(1)} GB`;
}

/**
 * Reads the beats of a process and decides when to give it up.
 * @param giveUp Called once with the reason.
 */
export function watchBeats(
  beats: Readable,
  { maxBytes = machineBytes() * 0.9, stallMs = 30 * 60_000, silentMs = 30_000 }: ProcessLimits,
  giveUp: (departure: Departure) => void,
): Pulse {
  let memoryBytes = 0;
  let silentLooks = 0;
  let isWatching = true;
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    isWatching = false;
    clearInterval(timer);
  };
  const depart = (code: Departure["code"], reason: string): void => {
    if (!isWatching) return;
    stop();
    giveUp({ code, reason });
  };
  // Counted rather than timed: after a pause of both processes, one look finds silence, the next does not.
  const look = (): void => {
    if (++silentLooks >= looks) {
      depart("process.lost", "the execution process has been silent for too long");
    }
  };
  const receive = (line: string): void => {
    const [bytes = 0, blockedMs = 0] = line.split(" ").map(Number);
    memoryBytes = bytes;
    silentLooks = 0;
    if (bytes > maxBytes) {
      depart("process.memory", `the execution process needed more than ${inUnits(maxBytes)}`);
    }
    if (blockedMs > stallMs) {
      const seconds = Math.round(stallMs / 1000);
      depart("process.stalled", `the execution process was blocked for more than ${seconds} s`);
    }
  };
  let rest = "";
  beats.on("error", stop);
  beats.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (isWatching) receive(line);
  });
  return {
    memoryBytes: () => memoryBytes,
    limitBytes: Math.floor(maxBytes),
    isLarge: () => memoryBytes > 0.8 * maxBytes,
    expectBeats() {
      timer = setInterval(look, silentMs / looks).unref();
    },
    stop,
  };
}
