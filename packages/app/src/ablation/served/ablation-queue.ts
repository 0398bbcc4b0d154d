import path from "node:path";
import { toWireError } from "@insightgraph/engine/errors";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import type { ScoredItems } from "../ablation-report.ts";
import { countsOf } from "./counts-of.ts";
import { findWorkers, type SharedWork } from "./find-workers.ts";
import { changeKept, listKept, readKept } from "./kept-ablation.ts";
import { runKept } from "./run-kept.ts";

/** What queued ablations run on, and where they are kept. */
export interface AblationQueueOptions {
  /** A folder for each ablation. */
  readonly folder: string;
  /** Where relative paths of graphs and sources start. */
  readonly workDir: string;
  readonly device: Device;
  /** An execution process of its own, so that ablations and jobs do not end each other. */
  startHost(): ExecutionHost;
  /** Workers of a database that compute in place of such a process, where there are any. @default there are none */
  readonly shared?: SharedWork;
  /** Throws: where a file lies out of reach. */
  mayRead(place: string): Promise<void>;
  log(text: string): void;
}

/** Runs kept ablations one after the other; what has run stays in their folders. */
export interface AblationQueue {
  add(id: string): void;
  /** Ends one that is queued or running; another one is left alone. */
  cancel(id: string): Promise<void>;
  /** What the one that runs has so far; undefined for any other. */
  scoredOf(id: string): ScoredItems | undefined;
  /** Starts nothing more; what runs stays as running, so that the next queue goes on with it. */
  close(): Promise<void>;
}

/** The one that runs, with what it has so far. */
interface Running {
  readonly id: string;
  readonly abort: AbortController;
  scored: ScoredItems | undefined;
}

/** Opens the queue of a folder: those that were queued or running when the last process ended go on. */
export async function openAblationQueue(options: AblationQueueOptions): Promise<AblationQueue> {
  const { folder, workDir, device, startHost, shared, mayRead, log } = options;
  const waiting: string[] = [];
  let running: Running | undefined;
  let working: Promise<void> | undefined;
  let isClosed = false;

  const run = async (id: string): Promise<void> => {
    const current: Running = { id, abort: new AbortController(), scored: undefined };
    running = current;
    await changeKept(folder, id, { state: "running" });
    const host = startHost();
    const { signal } = current.abort;
    try {
      await runKept({
        ...{ kept: await readKept(folder, id), host, device, origin: workDir, signal },
        folder: path.join(folder, id),
        mayRead,
        ...(shared && {
          findWorkers: (graphs, catalogue) => {
            const cancel = (): void => current.abort.abort();
            const candidate = { folder: path.join(folder, id), graphs, catalogue, cancel };
            return findWorkers(shared, candidate);
          },
        }),
        report: (scored) => {
          current.scored = scored;
        },
      });
      if (isClosed) return;
      const counts = current.scored === undefined ? {} : countsOf(current.scored);
      const state = signal.aborted ? "cancelled" : "done";
      await changeKept(folder, id, { state, endedMs: Date.now(), ...counts });
    } catch (thrown) {
      if (isClosed) return;
      const error = toWireError(thrown);
      await changeKept(folder, id, { state: "failed", endedMs: Date.now(), error });
    } finally {
      await host.close();
      running = undefined;
    }
  };
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !isClosed; id = waiting.shift()) {
      await run(id).catch((thrown: unknown) => log(`ablation ${id}: ${toWireError(thrown).what}`));
    }
    working = undefined;
  };
  const add = (id: string): void => {
    waiting.push(id);
    working ??= work();
  };

  for (const [id, { state }] of [...(await listKept(folder))].reverse()) {
    if (state === "queued" || state === "running") add(id);
  }
  return {
    add,
    async cancel(id) {
      if (running?.id === id) running.abort.abort();
      const at = waiting.indexOf(id);
      if (at < 0) return;
      waiting.splice(at, 1);
      await changeKept(folder, id, { state: "cancelled", endedMs: Date.now() });
    },
    scoredOf: (id) => (running?.id === id ? running.scored : undefined),
    async close() {
      isClosed = true;
      running?.abort.abort();
      await working;
    },
  };
}
