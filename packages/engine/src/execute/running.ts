import type { ResultStore, StoredResult } from "../cache/store.ts";
import { type EngineError, toWireError } from "../errors.ts";
import type { PortType } from "../node/define-port.ts";
import type { RunContext, RunItem } from "../node/run-context.ts";
import type { NodeEvent } from "../protocol/run-event.ts";
import { toNodeError } from "./node-error.ts";

/** Receives the events of a run's nodes, in order. */
export type Emit = (event: NodeEvent) => void;

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
