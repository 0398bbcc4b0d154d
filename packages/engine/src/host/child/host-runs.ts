import { randomUUID } from "node:crypto";
import { EngineError, toWireError, type WireError } from "../../errors.ts";
import { isEnding, type RunEnding, type RunEvent } from "../../protocol/run-event.ts";
import type { RunRequest, StartedRun } from "../execution-host.ts";
import type { Departure } from "./departure.ts";
import type { ExecutionProcess } from "./execution-process.ts";
import type { RunReply } from "./messages.ts";
import type { ProcessKeeper } from "./process-keeper.ts";

interface HostedRun {
  readonly runId: string;
  readonly request: RunRequest;
  readonly emit: (event: RunEvent) => void;
  readonly resolve: (ending: RunEnding) => void;
  /** Nodes that have started and not ended. */
  readonly atWork: Set<string>;
  /** Where it is; absent while it waits for a process. */
  process?: ExecutionProcess;
  /** Whether it was in a process that died with several runs in it: it goes on in one of its own. */
  isSuspect: boolean;
  isCancelled: boolean;
  timer?: NodeJS.Timeout;
}

/** The runs of a host: those in a process and those that wait for one. */
export interface HostRuns {
  /** Accepts a run; it starts when a process is ready. */
  add(request: RunRequest, emit: (event: RunEvent) => void): StartedRun;
  /** Passes an event of a process on to whoever started the run. */
  receive(process: ExecutionProcess, reply: RunReply): void;
  /**
   * Takes the runs out of a process that is gone. A single one has failed; of several nobody knows which is to
   * blame, so each goes on in a process of its own.
   */
  lose(process: ExecutionProcess, departure: Departure): void;
  cancelAll(): void;
  isIdle(): boolean;
}

/** What runs ask of their host. */
export interface RunsOptions {
  /** Time for a cancelled run to end by itself. */
  readonly graceMs: number;
  readonly keeper: Pick<ProcessKeeper, "ready" | "startOther" | "replace">;
}

const hints: Readonly<Record<Departure["code"], string>> = {
  "process.lost": "The process has been restarted: run the graph again.",
  "process.crashed":
    "The process has been restarted. If it happens again, please report it with the graph.",
  "process.memory": "Try smaller pictures or fewer at a time, or close other programs.",
  "process.stalled": "The process has been restarted. Split the work into smaller steps.",
};

/** Blames a node only where it was the only one at work. */
function lostError({ code, reason }: Departure, atWork: ReadonlySet<string>): WireError {
  const [nodeId] = atWork;
  const at = atWork.size === 1 && nodeId !== undefined ? { nodeId } : {};
  return toWireError(new EngineError(code, reason, { at, hint: hints[code] }));
}

function followNode(atWork: Set<string>, event: RunEvent): void {
  if (event.type === "node-started") atWork.add(event.nodeId);
  if (event.type === "node-finished" || event.type === "node-failed") atWork.delete(event.nodeId);
}

/** Starts with no runs. */
export function createHostRuns({ graceMs, keeper }: RunsOptions): HostRuns {
  const runs = new Map<string, HostedRun>();
  const runsIn = (process: ExecutionProcess): HostedRun[] =>
    [...runs.values()].filter((run) => run.process === process);

  const end = (run: HostedRun, ending: RunEnding): void => {
    runs.delete(run.runId);
    clearTimeout(run.timer);
    if (run.isSuspect) run.process?.kill();
    run.emit(ending);
    run.resolve(ending);
  };
  const place = async (run: HostedRun): Promise<void> => {
    delete run.process;
    run.atWork.clear();
    try {
      const process = await (run.isSuspect ? keeper.startOther() : keeper.ready());
      run.process = process;
      if (runs.has(run.runId)) process.send({ type: "run", runId: run.runId, ...run.request });
      else if (run.isSuspect) process.kill();
    } catch (thrown) {
      if (runs.has(run.runId)) end(run, { type: "run-failed", error: toWireError(thrown) });
    }
  };
  /** Ends a process that does not comply; its other runs go on in the next one. */
  const giveUp = (process: ExecutionProcess): void => {
    const inside = runsIn(process);
    keeper.replace(process);
    for (const run of inside) {
      if (run.isCancelled) end(run, { type: "run-cancelled" });
      else void place(run);
    }
  };
  const cancel = (run: HostedRun): void => {
    if (run.isCancelled || !runs.has(run.runId)) return;
    run.isCancelled = true;
    const { process } = run;
    if (process === undefined) {
      end(run, { type: "run-cancelled" });
      return;
    }
    process.send({ type: "cancel", runId: run.runId });
    run.timer = setTimeout(giveUp, graceMs, process);
  };

  return {
    add(request, emit) {
      let resolve: HostedRun["resolve"] = () => {};
      const ended = new Promise<RunEnding>((settle) => {
        resolve = settle;
      });
      const run: HostedRun = {
        // Known to this host alone: whoever keeps runs names them for the outside.
        ...{ runId: randomUUID(), request, emit, resolve, atWork: new Set<string>() },
        ...{ isSuspect: false, isCancelled: false },
      };
      runs.set(run.runId, run);
      void place(run);
      return { ended, cancel: () => cancel(run) };
    },
    receive(process, { runId, ...event }) {
      const run = runs.get(runId);
      // A process that a run has left may still report it.
      if (run?.process !== process) return;
      followNode(run.atWork, event);
      if (isEnding(event)) end(run, event);
      else run.emit(event);
    },
    lose(process, departure) {
      const lost = runsIn(process);
      const going = lost.filter(({ isCancelled }) => !isCancelled);
      for (const run of lost) {
        if (run.isCancelled) end(run, { type: "run-cancelled" });
        else if (going.length > 1) {
          run.isSuspect = true;
          void place(run);
        } else end(run, { type: "run-failed", error: lostError(departure, run.atWork) });
      }
    },
    cancelAll() {
      for (const run of runs.values()) cancel(run);
    },
    isIdle: () => runs.size === 0,
  };
}
