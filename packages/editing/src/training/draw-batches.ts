import { on } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { TensorValues } from "@insightgraph/models";
import type { BatchOptions } from "./scene-batch.ts";
import type { PairOptions } from "./training-pairs.ts";

/** What the drawing thread is to draw. */
export interface DrawingOptions extends BatchOptions {
  /** Words that an instruction is cut to. */
  readonly maxWords: number;
  /** Share of scenes that are drawn as other makers might, 0 to 1. */
  readonly varied: number;
  /** Number of the first batch. */
  readonly first: number;
  /** Pairs of a data set that stand in place of scenes; the steps before took some of them. @default none */
  readonly pairs?: PairOptions & { readonly steps: number };
}

/** Training batches in order. */
export interface BatchSource {
  /** The next batch in order. Throws: why it could not be drawn. */
  next(): Promise<TensorValues>;
  close(): Promise<void>;
}

/**
 * Draws batch after batch in a thread of its own, while earlier ones are trained on.
 * @param ahead Batches on order: a run of training steps holds up the thread that orders.
 */
export function drawBatches(options: DrawingOptions, ahead: number): BatchSource {
  const entry = new URL(`./drawing-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(entry, { workerData: options });
  const drawn = on(thread, "message");
  const order = (): void => thread.postMessage("next");
  for (let ordered = 0; ordered < ahead; ordered++) order();
  return {
    async next() {
      const { value } = await drawn.next();
      order();
      return (value as [TensorValues])[0];
    },
    async close() {
      await thread.terminate();
    },
  };
}
