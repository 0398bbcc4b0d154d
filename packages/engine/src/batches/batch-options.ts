import type { WireError } from "../errors.ts";
import type { ExecutionHost, RunRequest } from "../host/execution-host.ts";
import type { RunEvent } from "../protocol/run-event.ts";
import type { BatchItem, ItemResult } from "./batch-item.ts";
import type { BatchStore } from "./batch-store.ts";

/** An item that is ready to run. */
export interface PreparedItem {
  readonly request: RunRequest;
  /** Receives each event of the run. */
  onEvent?(event: RunEvent): void;
  /** What to keep of a run that finished. Throws: why the item has failed after all. */
  collect(): Promise<ItemResult>;
  /** Called when the attempt is over, however it ended. */
  release?(): Promise<void>;
}

/** What happened to an item. */
export type ItemReport =
  | { readonly type: "item-started"; readonly key: string; readonly attempt: number }
  | {
      readonly type: "item-done";
      readonly key: string;
      readonly ms: number;
      readonly result: ItemResult;
    }
  | {
      readonly type: "item-failed";
      readonly key: string;
      readonly ms: number;
      readonly error: WireError;
    }
  | { readonly type: "items-settled"; readonly count: number };

/** What a batch runs, where, and who learns of it. */
export interface BatchOptions<Item extends BatchItem> {
  readonly store: BatchStore;
  /** Each works on one item at a time; a host that is named twice works on two. */
  readonly hosts: readonly Pick<ExecutionHost, "run">[];
  /** Pulled as items end, never listed whole; each key comes once. */
  readonly items: AsyncIterable<Item>;
  /** Throws: why the item has failed. */
  prepare(item: Item, attempt: number): Promise<PreparedItem>;
  /** Whether items that failed before run again. @default false */
  readonly retriesFailed?: boolean;
  /** Ends the batch: what is running is cancelled and runs again the next time. */
  readonly signal?: AbortSignal;
  /** Called once what it reports is recorded; the worker waits for it, which holds back the batch. */
  report?(report: ItemReport): void | Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
