import type { Preview } from "../node/preview.ts";
import type { ResultFacts } from "../protocol/run-event.ts";
import { joinPreviews } from "./previews.ts";
import type { Emit } from "./running.ts";

/** Time between two tellings of progress; a million items need no million messages. */
const PROGRESS_MS = 50;
/** Items whose previews are kept. */
const PREVIEWED = 100;

interface Count {
  readonly startMs: number;
  toldMs: number;
  done: number;
  isCached: boolean;
  isFailed: boolean;
  readonly previews: Readonly<Record<string, Preview>>[];
}

/** Makes of the many runs of a node, one for each item, one run for those who listen. */
export interface Tally {
  readonly emit: Emit | undefined;
  /** Tells that all is done. @param facts What is known of the results together. */
  close(facts?: ReadonlyMap<string, ResultFacts>): void;
}

function joined(all: readonly Readonly<Record<string, Preview>>[]): Record<string, Preview> {
  const names = new Set(all.flatMap((previews) => Object.keys(previews)));
  const previews: Record<string, Preview> = {};
  for (const name of names) {
    const one = joinPreviews(all.flatMap((each) => each[name] ?? []));
    if (one !== undefined) previews[name] = one;
  }
  return previews;
}

/** @param total Items to come, where that is known. */
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
    const startMs = now();
    const rest = { done: 0, isCached: true, isFailed: false, previews: [] };
    const fresh: Count = { startMs, toldMs: Number.NEGATIVE_INFINITY, ...rest };
    counts.set(nodeId, fresh);
    emit({ type: "node-started", nodeId });
    return fresh;
  };
  let isClosed = false;
  return {
    emit(event) {
      // What is made later, because only then someone needs it, is told by itself.
      if (isClosed) {
        emit(event);
        return;
      }
      const { nodeId } = event;
      const count = countOf(nodeId);
      if (event.type === "node-logged" || event.type === "node-saved") emit(event);
      if (event.type === "node-failed") {
        if (!count.isFailed) emit(event);
        count.isFailed = true;
      }
      if (event.type !== "node-finished") return;
      count.done++;
      count.isCached &&= event.cached;
      if (count.previews.length < PREVIEWED) count.previews.push(event.previews);
      const isLast = count.done === total;
      if (!isLast && now() - count.toldMs < PROGRESS_MS) return;
      count.toldMs = now();
      const { done } = count;
      const [preview] = Object.values(event.previews);
      const base = { type: "node-progressed", nodeId, done } as const;
      const shown = preview === undefined ? {} : { preview };
      emit({ ...base, total: Math.max(total ?? 0, done), ...shown });
    },
    close(facts = new Map()) {
      isClosed = true;
      for (const [nodeId, known] of facts) {
        if (counts.has(nodeId)) continue;
        // Nobody has needed any of its values yet.
        emit({ type: "node-started", nodeId });
        emit({ type: "node-finished", nodeId, cached: true, ms: 0, previews: {}, ...known });
      }
      for (const [nodeId, { startMs, isCached, isFailed, previews }] of counts) {
        if (isFailed) continue;
        const known = facts.get(nodeId) ?? { digests: {} };
        const ms = now() - startMs;
        const done = { cached: isCached, ms, previews: joined(previews), ...known };
        emit({ type: "node-finished", nodeId, ...done });
      }
    },
  };
}
