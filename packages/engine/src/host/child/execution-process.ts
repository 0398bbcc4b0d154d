import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { EngineError, fromWireError } from "../../errors.ts";
import type { ExecutionHost, HostFacts } from "../execution-host.ts";
import { type Departure, departureOf } from "./departure.ts";
import type { ChildReply, ChildRequest, RunReply } from "./messages.ts";
import { createPendingGraphs } from "./pending-graphs.ts";
import { type ProcessLimits, type Pulse, watchBeats } from "./watch-beats.ts";
import { beatVariable } from "./watch-process.ts";

/** How an execution process starts, and when it is ended. */
export interface ProcessOptions extends ProcessLimits {
  /** Module that calls `serveExecution`. */
  readonly entry: string | URL;
  /** What the module finds in `process.argv`. */
  readonly args?: readonly string[];
  /** Working directory of the process: relative paths in graphs start here. */
  readonly cwd?: string;
  /** @default those of this process */
  readonly execArgv?: readonly string[];
}

/** One execution process, from its start to its end. */
export interface ExecutionProcess {
  /** Rejects with the reason if the process cannot start. */
  readonly facts: Promise<HostFacts>;
  /** Resolves once the process has ended and all its requests are settled. */
  readonly gone: Promise<void>;
  memoryBytes(): number;
  readonly limitBytes: number;
  send(request: ChildRequest): void;
  migrate: ExecutionHost["migrate"];
  kill(): void;
}

/** Who learns what a process does. */
export interface ProcessListener {
  onReply(reply: RunReply): void;
  onGone(departure: Departure): void;
}

const startHint = "Run `npm start -- doctor`, which checks everything that the process needs.";
const beatFd = 4;
/** How long the last words of a process that has ended may take. */
const lastWordsMs = 200;
/** How much of what a process writes last is searched for the reason of its end. */
const maxErrors = 16_000;

function spawn({ entry, args = [], cwd, execArgv }: ProcessOptions): ChildProcess {
  return fork(entry, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    // Half the time of JSON for the text of a preview.
    serialization: "advanced",
    env: { ...process.env, [beatVariable]: String(beatFd) },
    // What nodes print must not mix with the output of a command.
    stdio: ["ignore", 2, "pipe", "ipc", "pipe"],
  });
}

/** Passes on what a process writes to its standard error. @returns the end of it */
function followErrors(errors: Readable | null): () => string {
  let last = "";
  errors?.on("data", (chunk) => {
    process.stderr.write(chunk);
    last = `${last}${chunk}`.slice(-maxErrors);
  });
  return () => last;
}

/** Why a process could not even be created. */
function spawnFault(error: Error, cwd: string | undefined): Departure {
  // The system blames the program where it is the folder that is missing.
  const isFolderMissing = cwd !== undefined && !existsSync(cwd);
  const reason = isFolderMissing ? `the folder "${cwd}" is not there` : error.message;
  return { code: "process.lost", reason };
}

/** Starts an execution process. */
export function startExecutionProcess(
  options: ProcessOptions,
  listener: ProcessListener,
): ExecutionProcess {
  const child = spawn(options);
  const errors = followErrors(child.stderr);
  const graphs = createPendingGraphs();
  let given: Departure | undefined;
  const kill = (): void => void child.kill("SIGKILL");
  const pulse: Pulse = watchBeats(child.stdio[beatFd] as Readable, options, (departure) => {
    given = departure;
    kill();
  });
  // A failed send means that the process is ending; its exit settles the request.
  const send = (request: ChildRequest): void => void child.send(request, () => {});

  let refuse: (reason: unknown) => void = () => {};
  const facts = new Promise<HostFacts>((resolve, reject) => {
    refuse = reject;
    child.on("message", (reply: ChildReply) => {
      if (reply.type === "ready") {
        const { type: _, ...ready } = reply;
        pulse.expectBeats();
        resolve(ready);
      } else if (reply.type === "not-ready") reject(fromWireError(reply.error));
      else if (reply.type === "migrated") graphs.receive(reply.requestId, reply.graph);
      else if (reply.type === "run-events") {
        const { runId } = reply;
        for (const event of reply.events) listener.onReply({ ...event, runId });
      } else listener.onReply(reply);
    });
  });
  // Awaited by whoever asks; this prevents an unhandled rejection until then.
  facts.catch(() => {});

  const gone = new Promise<void>((resolve) => {
    let isSettled = false;
    const settle = (departure: Departure): void => {
      if (isSettled) return;
      isSettled = true;
      pulse.stop();
      refuse(new EngineError("process.lost", departure.reason, { hint: startHint }));
      listener.onGone(departure);
      graphs.release();
      resolve();
    };
    const end = (code: number | null, signal: string | null): void => {
      const isLarge = pulse.isLarge();
      settle(given ?? departureOf({ code, signal, errors: errors(), isLarge }));
    };
    // After "close", all that the process wrote has been read; a process that it left behind can put that off.
    child.on("close", end);
    child.on("exit", (...how) => setTimeout(end, lastWordsMs, ...how));
    child.on("error", (error) => {
      if (child.pid === undefined) settle(spawnFault(error, options.cwd));
    });
  });

  return {
    facts,
    gone,
    memoryBytes: pulse.memoryBytes,
    limitBytes: pulse.limitBytes,
    send,
    migrate: (graph) => {
      return graphs.request(graph, (requestId) => send({ type: "migrate", requestId, graph }));
    },
    kill,
  };
}
