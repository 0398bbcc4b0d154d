import type { Preview } from "../node/preview.ts";
import type { NodeEvent, ResultFacts } from "../protocol/run-event.ts";
import { withoutOthers } from "../protocol/without-others.ts";
import { joinPreviews, maxItems } from "./previews.ts";
import type { Emit } from "./run-state.ts";

/** Least time between two progress events; a million items need no million messages. */
const progressMs = 50;

/** Events of items that become events of the whole node; every other type passes as it is. */
const summedUp: ReadonlySet<NodeEvent["type"]> = new Set<NodeEvent["type"]>([
  "node-started",
  "node-progressed",
  "node-finished",
  "node-failed",
]);

interface Count {
  readonly startMs: number;
  emittedMs: number;
  done: number;
  isCached: boolean;
  isFailed: boolean;
  readonly previews: Readonly<Record<string, Preview>>[];
}

/** Merges the events of a node's runs, one for each item, into those of one run. */
export interface Tally {
  readonly emit: Emit | undefined;
  /** Emits the end of every node. @param facts Facts of the joined results, by node id. */
  close(facts?: ReadonlyMap<string, ResultFacts>): void;
}

function joined({ previews: all, done }: Count): Record<string, Preview> {
  const names = new Set(all.flatMap((previews) => Object.keys(previews)));
  const previews: Record<string, Preview> = {};
  for (const name of names) {
    const one = joinPreviews(
      all.flatMap((each) => each[name] ?? []),
      done,
    );
    if (one !== undefined) previews[name] = one;
  }
  return previews;
}

/**
 * Starts a tally that forwards to `emit`.
 * @param total The number of items, where it is known.
 */
export function createTally(
  emit: Emit | undefined,
  now: () => number,
  total: number | undefined,
): Tally {
  if (emit === undefined) return { emit, close: () => {} };
  const counts = new Map<string, Count>();
  const countOf = (nodeId: string): Count => {
    const known = counts.get(nodeId);
    if (known !== undefined) return known;
    const fresh: Count = {
      startMs: now(),
      emittedMs: Number.NEGATIVE_INFINITY,
      done: 0,
      isCached: true,
      isFailed: false,
      previews: [],
    };
    counts.set(nodeId, fresh);
    emit({ type: "node-started", nodeId });
    return fresh;
  };
  let isClosed = false;
  return {
    emit(event) {
      // A lazy value forced after the end emits its own events.
      if (isClosed) {
        emit(event);
        return;
      }
      const { nodeId } = event;
      const count = countOf(nodeId);
      if (!summedUp.has(event.type)) emit(event);
      if (event.type === "node-failed") {
        if (!count.isFailed) emit(event);
        count.isFailed = true;
      }
      if (event.type !== "node-finished") return;
      count.done++;
      count.isCached &&= event.cached;
      if (count.previews.length < maxItems) count.previews.push(event.previews);
      const isLast = count.done === total;
      if (!isLast && now() - count.emittedMs < progressMs) return;
      count.emittedMs = now();
      const { done } = count;
      const [preview] = Object.values(event.previews);
      emit({
        type: "node-progressed",
        nodeId,
        done,
        total: Math.max(total ?? 0, done),
        ...(preview === undefined ? {} : { preview: withoutOthers(preview) }),
      });
    },
    close(facts = new Map()) {
      isClosed = true;
      for (const [nodeId, known] of facts) {
        if (counts.has(nodeId)) continue;
        // Nothing has needed any of its values yet.
        emit({ type: "node-started", nodeId });
        emit({ type: "node-finished", nodeId, cached: true, ms: 0, previews: {}, ...known });
      }
      for (const [nodeId, count] of counts) {
        const { startMs, isCached, isFailed } = count;
        if (isFailed) continue;
        const known = facts.get(nodeId) ?? { digests: {} };
        const ms = now() - startMs;
        const done = { cached: isCached, ms, previews: joined(count), ...known };
        emit({ type: "node-finished", nodeId, ...done });
      }
    },
  };
}
