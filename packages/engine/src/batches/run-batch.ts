import { toWireError, type WireError } from "../errors.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import type { RunEnding } from "../protocol/run-event.ts";
import type { BatchItem, ItemResult } from "./batch-item.ts";
import type { BatchOptions, PreparedItem } from "./batch-options.ts";
import { unsettledItems } from "./unsettled-items.ts";

/** How often an item is tried whose process was lost. */
const maxLosses = 3;

async function execute(
  host: Pick<ExecutionHost, "run">,
  { request, onEvent = () => {} }: PreparedItem,
  signal: AbortSignal,
): Promise<RunEnding> {
  const run = await host.run(request, onEvent);
  if (run.issues !== undefined) {
    const [issue] = run.issues;
    if (issue === undefined) throw new TypeError("the graph was refused without an issue");
    return { type: "run-failed", error: issue };
  }
  const cancel = (): void => run.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await run.ended;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

/** What came of one attempt. */
type Outcome =
  | { readonly result: ItemResult }
  | { readonly error: WireError }
  | { readonly isCancelled: true };

async function attemptItem<Item extends BatchItem>(
  item: Item,
  attempt: number,
  host: Pick<ExecutionHost, "run">,
  { prepare }: BatchOptions<Item>,
  signal: AbortSignal,
): Promise<Outcome> {
  let prepared: PreparedItem | undefined;
  try {
    prepared = await prepare(item, attempt);
    const ending = await execute(host, prepared, signal);
    if (ending.type === "run-finished") return { result: await prepared.collect() };
    if (ending.type === "run-failed" && !signal.aborted) return { error: ending.error };
  } catch (thrown) {
    if (!signal.aborted) return { error: toWireError(thrown) };
  } finally {
    await prepared?.release?.();
  }
  return { isCancelled: true };
}

/** Runs one item, again where its process was lost, and records what came of it. */
async function runItem<Item extends BatchItem>(
  item: Item,
  host: Pick<ExecutionHost, "run">,
  options: BatchOptions<Item>,
  signal: AbortSignal,
): Promise<void> {
  const { store, now, report = () => {} } = options;
  const { key } = item;
  for (let losses = 1; ; losses++) {
    const startedMs = now();
    const attempt = await store.start(item, startedMs);
    await report({ type: "item-started", key, attempt });
    const outcome = await attemptItem(item, attempt, host, options, signal);
    const endedMs = now();
    const ms = endedMs - startedMs;
    if ("isCancelled" in outcome) {
      await store.release(key, attempt);
    } else if ("result" in outcome) {
      const { result } = outcome;
      const isKept = await store.finish(key, attempt, result, endedMs);
      if (isKept) await report({ type: "item-done", key, ms, result });
    } else if (outcome.error.code === "process.lost" && losses < maxLosses) {
      continue;
    } else {
      const { error } = outcome;
      const isKept = await store.fail(key, attempt, error, endedMs);
      if (isKept) await report({ type: "item-failed", key, ms, error });
    }
    return;
  }
}

/**
 * Runs a graph for each item that has something left to do, one item a host at a time.
 * Throws: what the source of the items throws, `batch.unavailable` and other faults of the store; what
 * is running is cancelled first. A failing item is recorded and ends nothing.
 */
export async function runBatch<Item extends BatchItem>(options: BatchOptions<Item>): Promise<void> {
  const fault = new AbortController();
  const signals = options.signal === undefined ? [] : [options.signal];
  const signal = AbortSignal.any([fault.signal, ...signals]);
  const items = unsettledItems(options);
  const work = async (host: Pick<ExecutionHost, "run">): Promise<void> => {
    try {
      while (!signal.aborted) {
        const { value: item } = await items.next();
        if (item === undefined || signal.aborted) return;
        await runItem(item, host, options, signal);
      }
    } catch (thrown) {
      fault.abort(thrown);
    }
  };
  try {
    await Promise.all(options.hosts.map(work));
  } finally {
    await items.return();
  }
  if (fault.signal.aborted) throw fault.signal.reason;
}
