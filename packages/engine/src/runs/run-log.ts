import { randomUUID } from "node:crypto";
import type { ExecutionHost, RejectedRun, RunRequest } from "../host/execution-host.ts";
import type { RunIdentity, RunReport, RunSnapshot } from "../protocol/messages.ts";
import { isEnding, type RunEvent } from "../protocol/run-event.ts";
import { createRunHistory, type RunHistory } from "./run-history.ts";

/** A graph to run, named by whoever asks for it. */
export interface RunLogRequest extends RunRequest {
  readonly requestId: string;
}

/** Starts runs and knows them by id, whether or not anybody is connected. */
export interface RunLog {
  /**
   * Starts a run unless its graph has issues; subscribers get `run-started` first.
   * Throws: why the host cannot start.
   */
  start(request: RunLogRequest): Promise<RunIdentity | RejectedRun>;
  /** Ends a run; nothing else does. One that is over or unknown is left alone. */
  cancel(runId: string): void;
  /** Runs going on and the latest ended ones, oldest first. */
  runs(): readonly RunSnapshot[];
  /** Reports all that happens in all runs from now on. @returns ends the subscription */
  subscribe(listener: (report: RunReport) => void): () => void;
}

interface LoggedRun extends RunIdentity {
  readonly history: RunHistory;
  readonly cancel: () => void;
  isOver: boolean;
}

/** Ended runs that are remembered. */
const maxEndedRuns = 20;

/** Keeps the runs of a host in memory. */
export function createRunLog(host: Pick<ExecutionHost, "run">): RunLog {
  const runs = new Map<string, LoggedRun>();
  const listeners = new Set<(report: RunReport) => void>();

  const report = (message: RunReport): void => {
    for (const listener of listeners) listener(message);
  };
  const forgetOldest = (): void => {
    const ended = [...runs.values()].filter(({ isOver }) => isOver);
    for (const { runId } of ended.slice(0, -maxEndedRuns)) runs.delete(runId);
  };
  const receive = (runId: string, event: RunEvent): void => {
    const run = runs.get(runId);
    if (run === undefined) return;
    run.history.add(event);
    if (isEnding(event)) {
      run.isOver = true;
      forgetOldest();
    }
    report({ ...event, runId });
  };

  return {
    async start({ requestId, ...request }) {
      const runId = randomUUID();
      const started = await host.run(request, (event) => receive(runId, event));
      if (started.issues !== undefined) return started;
      const identity: RunIdentity = { runId, requestId, graph: request.graph };
      const { cancel } = started;
      runs.set(runId, { ...identity, history: createRunHistory(), cancel, isOver: false });
      report({ type: "run-started", ...identity });
      return identity;
    },
    cancel(runId) {
      runs.get(runId)?.cancel();
    },
    runs: () =>
      [...runs.values()].map(({ runId, requestId, graph, history }) => {
        return { runId, requestId, graph, events: history.events() };
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
