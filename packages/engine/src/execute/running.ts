import type { ResultStore, StoredResult } from "../cache/store.ts";
import { type EngineError, toWireError, type WireError } from "../errors.ts";
import type { PortType } from "../node/define-port.ts";
import type { Preview } from "../node/preview.ts";
import type { RunContext, RunItem } from "../node/run-context.ts";
import { toNodeError } from "./node-error.ts";

/** What identifies a result. */
export interface ResultFacts {
  /** Absent where the node may not be cached. */
  readonly key?: string;
  /** What the definition's `fingerprint` gave. */
  readonly fingerprint?: string;
  /** Content hash by output, in hex; a value that cannot be made twice has none. */
  readonly digests: Readonly<Record<string, string>>;
}

/** What happens to one node while a graph runs. */
export type StepEvent =
  | { readonly type: "node-started"; readonly nodeId: string }
  | {
      readonly type: "node-progressed";
      readonly nodeId: string;
      readonly done: number;
      readonly total: number;
      readonly preview?: Preview;
    }
  | (ResultFacts & {
      readonly type: "node-finished";
      readonly nodeId: string;
      readonly cached: boolean;
      readonly ms: number;
      readonly previews: Readonly<Record<string, Preview>>;
    })
  | { readonly type: "node-failed"; readonly nodeId: string; readonly error: WireError }
  | { readonly type: "node-logged"; readonly nodeId: string; readonly text: string }
  | { readonly type: "node-saved"; readonly nodeId: string; readonly path: string };

export type Emit = (event: StepEvent) => void;

/** What all nodes of one run share. */
export interface Running {
  readonly signal: AbortSignal;
  readonly store: ResultStore;
  readonly open: RunContext["open"];
  readonly now: () => number;
  readonly portTypes: ReadonlyMap<string, PortType>;
  /** Nodes, and items of one node, that run at once. */
  readonly concurrency: number;
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>;
  /** Results that are being made, by key. */
  readonly inFlight: Map<string, Promise<StoredResult>>;
  /** What failed, in order, each told once. */
  readonly failures: Set<EngineError>;
  /** Nodes whose value nobody has needed yet, each with a way to tell so. */
  readonly spared: Set<() => void>;
}

/** For whom a node runs: who hears of it, and for which item. */
export interface Scope {
  readonly run: Running;
  readonly emit: Emit | undefined;
  readonly item?: RunItem;
}

/**
 * Tells that a node failed, unless what it throws has been told of before.
 * @returns what to throw on
 */
export function recordFailure(
  thrown: unknown,
  nodeId: string,
  { run, emit, item }: Scope,
): unknown {
  if (run.signal.aborted) return run.signal.reason;
  if (run.failures.has(thrown as EngineError)) return thrown;
  const error = toNodeError(thrown, nodeId, item);
  run.failures.add(error);
  emit?.({ type: "node-failed", nodeId, error: toWireError(error) });
  return error;
}
