import { randomUUID } from "node:crypto";
import { EngineError, toWireError, type WireError } from "../../errors.ts";
import { isEnding, type OfRun, type RunEnding, type RunEvent } from "../../protocol/run-event.ts";
import type { RunRequest, StartedRun } from "../execution-host.ts";
import type { ChildRequest } from "./messages.ts";

interface ActiveRun {
  readonly emit: (event: RunEvent) => void;
  readonly resolve: (ending: RunEnding) => void;
  /** Nodes that have started and not ended. */
  readonly atWork: Set<string>;
  isCancelled: boolean;
  timer?: NodeJS.Timeout;
}

/** The runs of one execution process. */
export interface ChildRuns {
  start(request: RunRequest, emit: (event: RunEvent) => void): StartedRun;
  /** Passes an event of the process on to whoever started the run. */
  receive(event: OfRun<RunEvent>): void;
  cancelAll(): void;
  /** Ends all runs because the process is gone: those not cancelled have failed. */
  lose(reason: string): void;
}

interface ChildRunsOptions {
  send(request: ChildRequest): void;
  kill(): void;
  readonly graceMs: number;
}

function followNode(atWork: Set<string>, event: RunEvent): void {
  if (event.type === "node-started") atWork.add(event.nodeId);
  if (event.type === "node-finished" || event.type === "node-failed") atWork.delete(event.nodeId);
}

/** Blames a node only where it was the only one at work. */
function lostError(reason: string, atWork: ReadonlySet<string>): WireError {
  const [nodeId] = atWork;
  return toWireError(
    new EngineError("process.lost", reason, {
      at: atWork.size === 1 && nodeId !== undefined ? { nodeId } : {},
      hint: "The process has been restarted: run the graph again. If it ends again, try smaller pictures, which need less memory.",
    }),
  );
}

/** Keeps track of what one execution process runs. */
export function createChildRuns({ send, kill, graceMs }: ChildRunsOptions): ChildRuns {
  const runs = new Map<string, ActiveRun>();

  const end = (runId: string, run: ActiveRun, ending: RunEnding): void => {
    runs.delete(runId);
    clearTimeout(run.timer);
    run.emit(ending);
    run.resolve(ending);
  };
  const cancel = (runId: string): void => {
    const run = runs.get(runId);
    if (run === undefined || run.isCancelled) return;
    run.isCancelled = true;
    send({ type: "cancel", runId });
    run.timer = setTimeout(kill, graceMs);
  };

  return {
    start(request, emit) {
      // Known to this process alone: whoever keeps runs names them for the outside.
      const runId = randomUUID();
      const ended = new Promise<RunEnding>((resolve) => {
        runs.set(runId, { emit, resolve, atWork: new Set(), isCancelled: false });
      });
      send({ type: "run", runId, ...request });
      return { ended, cancel: () => cancel(runId) };
    },
    receive({ runId, ...event }) {
      const run = runs.get(runId);
      if (run === undefined) return;
      followNode(run.atWork, event);
      if (isEnding(event)) end(runId, run, event);
      else run.emit(event);
    },
    cancelAll() {
      for (const runId of runs.keys()) cancel(runId);
    },
    lose(reason) {
      for (const [runId, run] of [...runs]) {
        const error = lostError(reason, run.atWork);
        end(
          runId,
          run,
          run.isCancelled ? { type: "run-cancelled" } : { type: "run-failed", error },
        );
      }
    },
  };
}
