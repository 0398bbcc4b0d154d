import path from "node:path";
import { Worker } from "node:worker_threads";
import type { VariantCell, VariantScores } from "@insightgraph/editing/metrics";

/** Computes intervals and tests in a thread of its own: ten thousand draws of many scores take seconds. */
export interface Summarizer {
  summarize(scored: readonly VariantScores[]): Promise<readonly VariantCell[]>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(cells: readonly VariantCell[]): void;
  reject(reason: unknown): void;
}

const entry = new URL(`./summary-thread${path.extname(import.meta.url)}`, import.meta.url);

/** The thread starts with the first request. */
export function createSummarizer(): Summarizer {
  const waiting: Waiting[] = [];
  let thread: Worker | undefined;
  const start = (): Worker => {
    const started = new Worker(entry);
    started.unref();
    started.on("message", (cells: readonly VariantCell[]) => waiting.shift()?.resolve(cells));
    started.on("error", (reason) => {
      thread = undefined;
      for (const { reject } of waiting.splice(0)) reject(reason);
    });
    return started;
  };
  return {
    summarize: (scored) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        thread ??= start();
        thread.postMessage(scored);
      }),
    close: async () => void (await thread?.terminate()),
  };
}
