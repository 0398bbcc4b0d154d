import { setTimeout } from "node:timers/promises";
import { EngineError } from "../../errors.ts";
import type { Departure } from "./departure.ts";
import {
  type ExecutionProcess,
  type ProcessOptions,
  startExecutionProcess,
} from "./execution-process.ts";
import type { RunReply } from "./messages.ts";
import { createRestarts } from "./restarts.ts";

/** Who learns what the processes of a keeper do. */
export interface KeeperListener {
  onReply(process: ExecutionProcess, reply: RunReply): void;
  /** Called once the process is no longer the current one. */
  onGone(process: ExecutionProcess, departure: Departure): void;
}

/** Keeps one execution process at hand. */
export interface ProcessKeeper {
  /** The current process, ready or not; undefined between two. */
  current(): ExecutionProcess | undefined;
  /** The current process once it is ready. Throws: why none can start. */
  ready(): Promise<ExecutionProcess>;
  /** A further process, which its user kills. Throws: why it cannot start. */
  startOther(): Promise<ExecutionProcess>;
  /** Ends a process and, if it was the current one, starts another in its place. */
  replace(process: ExecutionProcess): void;
  close(): Promise<void>;
}

function closedError(): EngineError {
  return new EngineError("process.lost", "the execution process has been closed", {
    hint: "Start InsightGraph again.",
  });
}

/** Starts an execution process, and another one whenever it ends. */
export function createProcessKeeper(
  options: ProcessOptions,
  listener: KeeperListener,
): ProcessKeeper {
  const restarts = createRestarts();
  const alive = new Set<ExecutionProcess>();
  let isClosed = false;
  let current: ExecutionProcess | undefined;

  const start = (): ExecutionProcess => {
    let isReady = false;
    const started = startExecutionProcess(options, {
      onReply: (reply) => listener.onReply(started, reply),
      onGone(departure) {
        alive.delete(started);
        const wasCurrent = current === started;
        if (wasCurrent) current = undefined;
        listener.onGone(started, departure);
        // A process that never became ready is restarted only on demand, to avoid a crash loop.
        if (!wasCurrent || !isReady || isClosed) return;
        restarts.note();
        ready().catch(() => {});
      },
    });
    alive.add(started);
    started.facts.then(
      () => {
        isReady = true;
      },
      () => {},
    );
    return started;
  };
  const running = async (): Promise<ExecutionProcess> => {
    if (current === undefined) await setTimeout(restarts.delayMs());
    if (isClosed) throw closedError();
    current ??= start();
    return current;
  };
  const ready = async (): Promise<ExecutionProcess> => {
    for (;;) {
      const candidate = await running();
      const isUp = await candidate.facts.then(
        () => true,
        (reason: unknown) => {
          // One that was replaced while it started is no reason to give up.
          if (current === undefined || current === candidate || isClosed) throw reason;
          return false;
        },
      );
      if (isUp && candidate === current) return candidate;
    }
  };

  current = start();
  return {
    current: () => current,
    ready,
    async startOther() {
      if (isClosed) throw closedError();
      const other = start();
      await other.facts;
      return other;
    },
    replace(process) {
      if (current === process && !isClosed) current = start();
      process.kill();
    },
    async close() {
      isClosed = true;
      const processes = [...alive];
      for (const process of processes) process.kill();
      await Promise.all(processes.map(({ gone }) => gone));
    },
  };
}
