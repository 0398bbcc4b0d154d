import type { ErrorCode } from "../../errors.ts";

/** Why an execution process has ended. */
export interface Departure {
  readonly code: Extract<ErrorCode, `process.${string}`>;
  readonly reason: string;
}

/** Signals with which the system ends a process that did something impossible. */
const crashSignals: ReadonlySet<string> = new Set([
  ...["SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV", "SIGSYS", "SIGTRAP"],
]);

/** What is known of a process when it has ended. */
export interface LastSigns {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to its standard error. */
  readonly errors: string;
  /** Whether it had nearly all the memory that it may have. */
  readonly isLarge: boolean;
}

/** Tells a crash from the lack of memory, and both from a process that was killed from outside. */
export function departureOf({ code, signal, errors, isLarge }: LastSigns): Departure {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  const reason = `the execution process ended unexpectedly, ${how}`;
  if (errors.includes("heap out of memory") || errors.includes("std::bad_alloc")) {
    return { code: "process.memory", reason: "the execution process ran out of memory" };
  }
  if (signal === "SIGKILL" && isLarge) {
    return {
      code: "process.memory",
      reason: "the system ended the execution process, probably for lack of memory",
    };
  }
  const isCrash = signal === null ? code !== null : crashSignals.has(signal);
  return { code: isCrash ? "process.crashed" : "process.lost", reason };
}
