import type { BatchStore, ItemRecord } from "@insightgraph/engine/batches";
import type { KeptResult } from "./item-runs.ts";

/** How often something happened, with the first item that it happened to. */
export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
  readonly example: string;
}

/** What a node did for all items together. */
export interface NodeTotal {
  readonly node: string;
  readonly ran: number;
  /** How often its result was kept from before. */
  readonly cached: number;
  readonly ms: number;
}

/** What came of a run, over all times that it was resumed. */
export interface DatasetSummary {
  readonly isComplete: boolean;
  readonly items: Readonly<Record<ItemRecord["state"], number>>;
  readonly records: number;
  readonly rejected: readonly ReasonCount[];
  readonly failed: readonly ReasonCount[];
  readonly nodes: readonly NodeTotal[];
  /** Time that items took one after the other, in all processes. */
  readonly itemMs: number;
}

const pageSize = 500;
/** Reasons of which there are more kinds are counted together. */
const maxReasons = 50;

/** Numbers and names differ from item to item; the reason is the rest. */
function kindOf(reason: string): string {
  return reason.replace(/"[^"]*"/g, '"…"').replace(/\d+(\.\d+)?/g, "#");
}

/** Counts reasons by their kind, in bounded memory. */
function createReasonCounts() {
  const counts = new Map<string, { reason: string; count: number; example: string }>();
  return {
    add(reason: string, example: string): void {
      const kind = kindOf(reason);
      const name = counts.has(kind) || counts.size < maxReasons ? kind : "others";
      const found = counts.get(name) ?? {
        reason: name === kind ? reason : name,
        count: 0,
        example,
      };
      found.count += 1;
      counts.set(name, found);
    },
    list: (): readonly ReasonCount[] => [...counts.values()].sort((a, b) => b.count - a.count),
  };
}

/** Looks at every item of a run, page by page. */
export async function summarize(store: BatchStore, isComplete: boolean): Promise<DatasetSummary> {
  const [rejected, failed] = [createReasonCounts(), createReasonCounts()];
  const nodes = new Map<string, { ran: number; cached: number; ms: number }>();
  let [records, itemMs] = [0, 0];
  const addDone = ({ key, result, startedMs, endedMs = startedMs }: ItemRecord): void => {
    const kept = result as unknown as KeptResult;
    records += kept.rows.length;
    itemMs += endedMs - startedMs;
    for (const reason of kept.rejected) rejected.add(reason, key);
    for (const [node, ms] of Object.entries(kept.ms)) {
      const total = nodes.get(node) ?? { ran: 0, cached: 0, ms: 0 };
      if (ms < 0) total.cached += 1;
      else {
        total.ran += 1;
        total.ms += ms;
      }
      nodes.set(node, total);
    }
  };
  for (let after = 0; ; ) {
    const page = await store.list({ states: ["done", "failed"], after, limit: pageSize });
    for (const item of page) {
      if (item.state === "done") addDone(item);
      else failed.add(item.error?.what ?? "unknown", item.key);
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.place;
  }
  return {
    ...{ isComplete, items: await store.counts(), records },
    ...{ rejected: rejected.list(), failed: failed.list() },
    nodes: [...nodes].map(([node, total]) => ({ node, ...total })),
    itemMs,
  };
}
