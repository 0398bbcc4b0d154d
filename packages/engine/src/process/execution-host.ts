import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { EngineError, fromWireError, toWireError, type WireError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { isUpToDate } from "../graph/up-to-date.ts";
import { checkRun } from "../plan/plan-run.ts";
import type { RunEnding, RunEvent } from "../protocol/messages.ts";
import type { ChildFacts, ChildReply, ChildRequest, NodeLogged } from "./child-messages.ts";

export interface ExecutionHostOptions {
  /** Module that calls `serveExecution`. */
  readonly entry: string | URL;
  /** What the module finds in `process.argv`. */
  readonly args?: readonly string[];
  /** Working directory of the process: relative paths in graphs start here. */
  readonly cwd?: string;
  /** @default those of this process */
  readonly execArgv?: readonly string[];
  /** Time for a cancelled run to end by itself before its process is killed. @default 5000 */
  readonly graceMs?: number;
}

export interface RunRequest {
  readonly graph: GraphDocument;
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
}

export type HostEvent = RunEvent | NodeLogged;

export interface StartedRun {
  readonly runId: string;
  readonly issues?: undefined;
  /** How it ended; never rejects. */
  readonly ended: Promise<RunEnding>;
  cancel(): void;
}

export interface RejectedRun {
  readonly issues: readonly Issue[];
}

/** Runs graphs in a process of their own, and survives that process. */
export interface ExecutionHost {
  /** Throws: why the process cannot start. */
  facts(): Promise<ChildFacts>;
  run(request: RunRequest, emit: (event: HostEvent) => void): Promise<StartedRun | RejectedRun>;
  /** The graph with its nodes brought up to their types' versions, where that can be done. */
  migrate(graph: GraphDocument): Promise<GraphDocument>;
  /** The id of the process, while there is one. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}

interface Child {
  readonly process: ChildProcess;
  readonly facts: Promise<ChildFacts>;
  readonly runs: Map<string, ActiveRun>;
  /** Ways to answer who waits for a graph, by request id; without one, the graph stays as it is. */
  readonly migrations: Map<string, (graph?: GraphDocument) => void>;
  readonly gone: Promise<void>;
}

interface ActiveRun {
  readonly emit: (event: HostEvent) => void;
  readonly finish: (ending: RunEnding) => void;
  isCancelled: boolean;
  timer?: NodeJS.Timeout;
}

const ENDINGS: ReadonlySet<string> = new Set(["run-finished", "run-failed", "run-cancelled"]);

export function isEnding(event: HostEvent): event is RunEnding {
  return ENDINGS.has(event.type);
}

function lost(code: number | null, signal: string | null): WireError {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  return toWireError(
    new EngineError("process.lost", `the execution process ended unexpectedly, ${how}`, {
      hint: "it has been started again: run the graph once more. If it ends again, smaller pictures need less memory.",
    }),
  );
}

function endRun(child: Child, ending: RunEnding): void {
  const run = child.runs.get(ending.runId);
  if (run === undefined) return;
  child.runs.delete(ending.runId);
  clearTimeout(run.timer);
  run.emit(ending);
  run.finish(ending);
}

function endAllRuns(child: Child, error: WireError): void {
  for (const [runId, run] of [...child.runs]) {
    const isCancelled = run.isCancelled;
    endRun(
      child,
      isCancelled ? { type: "run-cancelled", runId } : { type: "run-failed", runId, error },
    );
  }
}

function spawn(
  { entry, args = [], cwd, execArgv }: ExecutionHostOptions,
  onGone: (wasReady: boolean) => void,
): Child {
  const started = fork(entry, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    // What nodes print must not mix with the answers of a command.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const runs: Child["runs"] = new Map();
  const migrations: Child["migrations"] = new Map();
  let isReady = false;
  let onFacts: (facts: ChildFacts) => void = () => {};
  let onRefusal: (error: EngineError) => void = () => {};
  const facts = new Promise<ChildFacts>((resolve, reject) => {
    onFacts = resolve;
    onRefusal = reject;
  });
  // A caller that asks later still gets the reason.
  facts.catch(() => {});
  let onExit = (): void => {};
  const gone = new Promise<void>((resolve) => {
    onExit = resolve;
  });
  const child: Child = { process: started, facts, runs, migrations, gone };
  started.on("message", (message: ChildReply) => {
    if (message.type === "ready") {
      isReady = true;
      const { type: _, ...told } = message;
      onFacts(told);
    } else if (message.type === "not-ready") onRefusal(fromWireError(message.error));
    else if (message.type === "migrated") migrations.get(message.requestId)?.(message.graph);
    else if (isEnding(message)) endRun(child, message);
    else child.runs.get(message.runId)?.emit(message);
  });
  let isOver = false;
  const leave = (error: WireError): void => {
    if (isOver) return;
    isOver = true;
    onRefusal(fromWireError(error));
    endAllRuns(child, error);
    for (const answer of migrations.values()) answer();
    onExit();
    onGone(isReady);
  };
  started.on("exit", (code, signal) => leave(lost(code, signal)));
  started.on("error", (error) => leave(toWireError(error, "process.lost")));
  return child;
}

/** Starts an execution process; it is started again whenever it ends. */
export function createExecutionHost(options: ExecutionHostOptions): ExecutionHost {
  let isClosed = false;
  let child: Child | undefined;

  const current = (): Child => {
    if (isClosed) {
      throw new EngineError("process.lost", "the execution process is closed", {
        hint: "start InsightGraph again.",
      });
    }
    if (child !== undefined) return child;
    const fresh = spawn(options, (wasReady) => {
      if (child === fresh) child = undefined;
      // One that never got ready waits for the next request, lest it start for ever.
      if (wasReady && !isClosed) current();
    });
    child = fresh;
    return fresh;
  };

  const cancel = (owner: Child, runId: string): void => {
    const run = owner.runs.get(runId);
    if (run === undefined || run.isCancelled) return;
    run.isCancelled = true;
    owner.process.send({ type: "cancel", runId } satisfies ChildRequest, () => {});
    run.timer = setTimeout(() => owner.process.kill("SIGKILL"), options.graceMs ?? 5000);
  };

  const start = (owner: Child, request: RunRequest, emit: ActiveRun["emit"]): StartedRun => {
    const runId = randomUUID();
    const ended = new Promise<RunEnding>((finish) => {
      owner.runs.set(runId, { emit, finish, isCancelled: false });
    });
    // A failed send means that the process is going; its exit ends the run.
    owner.process.send({ type: "run", runId, ...request } satisfies ChildRequest, () => {});
    return { runId, ended, cancel: () => cancel(owner, runId) };
  };

  const migrate = (owner: Child, graph: GraphDocument): Promise<GraphDocument> => {
    const requestId = randomUUID();
    return new Promise((resolve) => {
      owner.migrations.set(requestId, (migrated = graph) => {
        owner.migrations.delete(requestId);
        resolve(migrated);
      });
      owner.process.send({ type: "migrate", requestId, graph } satisfies ChildRequest, () => {});
    });
  };

  current();
  return {
    facts: async () => current().facts,
    async run(request, emit) {
      const { catalogue } = await current().facts;
      const issues = checkRun(request.graph, catalogue, request.outputs);
      if (issues.length > 0) return { issues };
      const owner = current();
      await owner.facts;
      return start(owner, request, emit);
    },
    async migrate(graph) {
      const owner = current();
      const { catalogue } = await owner.facts;
      return isUpToDate(graph, catalogue) ? graph : migrate(owner, graph);
    },
    get pid() {
      return child?.process.pid;
    },
    async close() {
      isClosed = true;
      const last = child;
      if (last === undefined) return;
      last.process.kill("SIGKILL");
      await last.gone;
    },
  };
}
