import path from "node:path";
import { Worker } from "node:worker_threads";
import { EngineError } from "../../errors.ts";
import type { NodeCatalogue } from "../../graph/catalogue.ts";
import type { GraphBody, GraphDocument } from "../../graph/document.ts";
import type { Issue } from "../../graph/issue.ts";
import { checkRun } from "../../plan/plan-run.ts";
import type { RunRequest } from "../execution-host.ts";

/** Finds the issues of graphs: of large ones in a thread of its own, so that nobody waits for it. */
export interface GraphChecker {
  /** Throws: `graph.too-large` where checking takes too long. */
  check(request: RunRequest, catalogue: NodeCatalogue): Promise<readonly Issue[]>;
  close(): Promise<void>;
}

/** How graphs are checked. */
export interface CheckerOptions {
  /** Node options of the thread. @default those of this process */
  readonly execArgv?: readonly string[] | undefined;
  /** Nodes and links of the largest graph that is checked at once. @default 1000 */
  readonly maxAtOnce?: number;
  /** The longest that checking a graph may take. @default 10 seconds */
  readonly maxMs?: number;
}

interface Waiting {
  resolve(issues: readonly Issue[]): void;
  reject(reason: unknown): void;
  readonly timer: NodeJS.Timeout;
}

interface CheckThread {
  check(request: RunRequest): Promise<readonly Issue[]>;
  close(): Promise<void>;
}

const entry = new URL(`./check-thread${path.extname(import.meta.url)}`, import.meta.url);

function sizeOf(graph: GraphDocument): number {
  const bodies: readonly GraphBody[] = [graph, ...Object.values(graph.graphs ?? {})];
  let size = 0;
  for (const { nodes } of bodies) {
    for (const { inputs = {} } of Object.values(nodes)) size += 1 + Object.keys(inputs).length;
  }
  return size;
}

function tooLarge(): EngineError {
  return new EngineError("graph.too-large", "the graph takes too long to check", {
    hint: "Split it into smaller graphs.",
  });
}

/** @param onEnd Called when the thread takes nothing more. */
function startThread(
  catalogue: NodeCatalogue,
  { execArgv, maxMs = 10_000 }: CheckerOptions,
  onEnd: () => void,
): CheckThread {
  const waiting: Waiting[] = [];
  const thread = new Worker(entry, {
    workerData: catalogue,
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
  });
  thread.unref();
  const end = (reason: unknown): void => {
    onEnd();
    void thread.terminate();
    for (const { reject, timer } of waiting.splice(0)) {
      clearTimeout(timer);
      reject(reason);
    }
  };
  thread.on("error", end);
  thread.on("message", (issues: readonly Issue[]) => {
    const first = waiting.shift();
    clearTimeout(first?.timer);
    first?.resolve(issues);
  });
  return {
    check: ({ graph, outputs }) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(tooLarge()), maxMs * (waiting.length + 1));
        waiting.push({ resolve, reject, timer });
        thread.postMessage(outputs === undefined ? { graph } : { graph, outputs });
      }),
    async close() {
      await thread.terminate();
    },
  };
}

/** Creates a checker; its thread starts with the first large graph. */
export function createGraphChecker(options: CheckerOptions = {}): GraphChecker {
  const { maxAtOnce = 1000 } = options;
  let thread: CheckThread | undefined;
  return {
    async check(request, catalogue) {
      const { graph, outputs } = request;
      if (sizeOf(graph) <= maxAtOnce) return checkRun(graph, catalogue, outputs);
      thread ??= startThread(catalogue, options, () => {
        thread = undefined;
      });
      return thread.check(request);
    },
    async close() {
      await thread?.close();
      thread = undefined;
    },
  };
}
