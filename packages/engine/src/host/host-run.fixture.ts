import type { RunEnding, RunEvent } from "../protocol/run-event.ts";
import { answerGraph } from "./answer-nodes.fixture.ts";
import type { ExecutionHost, StartedRun } from "./execution-host.ts";

/** A run of a test, with its events so far. */
export interface HostRun extends StartedRun {
  readonly events: readonly RunEvent[];
  /** Resolves when an event of the type has come. */
  reached(type: RunEvent["type"]): Promise<void>;
}

interface AnswerOptions {
  /** Tells apart runs that would otherwise share their result. */
  readonly name?: string;
  readonly device?: string;
}

/** Starts a run of one node that answers in the way that is asked for. */
export async function startAnswer(
  host: ExecutionHost,
  how: string,
  { name, ...options }: AnswerOptions = {},
): Promise<HostRun> {
  const events: RunEvent[] = [];
  const listeners: (() => void)[] = [];
  const run = await host.run({ graph: answerGraph(how, name), ...options }, (event) => {
    events.push(event);
    for (const listener of listeners) listener();
  });
  if (run.issues !== undefined) throw new Error(run.issues[0]?.what);
  const reached = (type: RunEvent["type"]): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => void (events.some((event) => event.type === type) && resolve());
      listeners.push(check);
      check();
    });
  return { ...run, events, reached };
}

/** How a run of `pid` ends, and the id of the process that it ran in. */
export async function runPid(
  host: ExecutionHost,
  options?: AnswerOptions,
): Promise<{ ending: RunEnding; pid: number }> {
  const { ended, events } = await startAnswer(host, "pid", options);
  const ending = await ended;
  const done = events.find((event) => event.type === "node-finished");
  const preview = done?.type === "node-finished" ? done.previews["text"] : undefined;
  return { ending, pid: preview?.kind === "text" ? Number(preview.text) : Number.NaN };
}
