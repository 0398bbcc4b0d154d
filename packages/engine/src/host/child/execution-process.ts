import { type ChildProcess, fork } from "node:child_process";
import { EngineError, fromWireError } from "../../errors.ts";
import type { ExecutionHost, HostFacts, StartedRun } from "../execution-host.ts";
import { createChildRuns } from "./child-runs.ts";
import type { ChildReply, ChildRequest } from "./messages.ts";
import { createPendingGraphs } from "./pending-graphs.ts";

/** How a host starts and stops its execution process. */
export interface ChildHostOptions {
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

/** One execution process, from its start to its end. */
export interface ExecutionProcess {
  /** Rejects with the reason if the process cannot start. */
  readonly facts: Promise<HostFacts>;
  /** Resolves once the process has ended and all its requests are settled. */
  readonly gone: Promise<void>;
  run(...request: Parameters<ExecutionHost["run"]>): StartedRun;
  migrate: ExecutionHost["migrate"];
  /** Cancels the runs and ends the process at once. */
  kill(): void;
}

const startHint = "Run `npm start -- doctor`, which checks everything that the process needs.";

function spawn({ entry, args = [], cwd, execArgv }: ChildHostOptions): ChildProcess {
  return fork(entry, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    // What nodes print must not mix with the output of a command.
    stdio: ["ignore", 2, 2, "ipc"],
  });
}

function reasonOf(code: number | null, signal: string | null): string {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  return `the execution process ended unexpectedly, ${how}`;
}

/**
 * Starts an execution process.
 * @param onGone Called when the process has ended, before its runs end.
 */
export function startExecutionProcess(
  options: ChildHostOptions,
  onGone: () => void,
): ExecutionProcess {
  const child = spawn(options);
  // A failed send means that the process is ending; its exit settles the request.
  const send = (request: ChildRequest): void => void child.send(request, () => {});
  const kill = (): void => void child.kill("SIGKILL");
  const runs = createChildRuns({ send, kill, graceMs: options.graceMs ?? 5000 });
  const graphs = createPendingGraphs();

  let refuse: (reason: unknown) => void = () => {};
  const facts = new Promise<HostFacts>((resolve, reject) => {
    refuse = reject;
    child.on("message", (reply: ChildReply) => {
      if (reply.type === "ready") {
        const { type: _, ...ready } = reply;
        resolve(ready);
      } else if (reply.type === "not-ready") reject(fromWireError(reply.error));
      else if (reply.type === "migrated") graphs.receive(reply.requestId, reply.graph);
      else runs.receive(reply);
    });
  });
  // Awaited by whoever asks; this prevents an unhandled rejection until then.
  facts.catch(() => {});

  const gone = new Promise<void>((resolve) => {
    const settle = (reason: string): void => {
      onGone();
      refuse(new EngineError("process.lost", reason, { hint: startHint }));
      runs.lose(reason);
      graphs.release();
      resolve();
    };
    child.on("exit", (code, signal) => settle(reasonOf(code, signal)));
    child.on("error", (error) => settle(error.message));
  });

  return {
    facts,
    gone,
    run: (request, emit) => runs.start(request, emit),
    migrate: (graph) => {
      return graphs.request(graph, (requestId) => send({ type: "migrate", requestId, graph }));
    },
    kill() {
      runs.cancelAll();
      kill();
    },
  };
}
