import type { ResultStore, StoredResult } from "../cache/store.ts";
import { type EngineError, toWireError } from "../errors.ts";
import type { PortType } from "../node/define-port.ts";
import type { RunContext, RunItem } from "../node/run-context.ts";
import type { NodeEvent } from "../protocol/run-event.ts";
import type { ReachGuard } from "./file-reach.ts";
import { toNodeError } from "./node-error.ts";
import type { OutputFiles } from "./output-files.ts";

/** Receives the events of a run's nodes, in order. */
export type Emit = (event: NodeEvent) => void;

/** What all nodes of one run share. */
export interface RunState {
  readonly signal: AbortSignal;
  readonly store: ResultStore;
  readonly open: RunContext["open"];
  readonly device: RunContext["device"];
  readonly files: OutputFiles;
  readonly reach: ReachGuard;
  readonly now: () => number;
  readonly portTypes: ReadonlyMap<string, PortType>;
  /** Whether events carry previews. */
  readonly hasPreviews: boolean;
  /** Most nodes, and most items of one node, that run at once. */
  readonly concurrency: number;
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>;
  /** Results being computed, by key. */
  readonly inFlight: Map<string, Promise<StoredResult>>;
  /** Failures in order; each is emitted once. */
  readonly failures: Set<EngineError>;
  /** Nodes whose values nothing has needed yet; each entry emits the node as cached. */
  readonly skipped: Set<() => void>;
}

/** The run that a node belongs to, where its events go, and the item it runs for. */
export interface RunScope {
  readonly run: RunState;
  readonly emit: Emit | undefined;
  readonly item?: RunItem;
}

/**
 * Emits that a node failed, unless that failure has been emitted before.
 * @returns what to throw on
 */
export function recordFailure(
  thrown: unknown,
  nodeId: string,
  { run, emit, item }: RunScope,
): unknown {
  if (run.signal.aborted) return run.signal.reason;
  if (run.failures.has(thrown as EngineError)) return thrown;
  const error = toNodeError(thrown, nodeId, item);
  run.failures.add(error);
  const failed = { type: "node-failed", nodeId, error: toWireError(error) } as const;
  emit?.(item === undefined ? failed : { ...failed, item: item.index });
  return error;
}
