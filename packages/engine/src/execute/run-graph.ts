import { createMemoryStore } from "../cache/memory-store.ts";
import type { ResultStore, StoredValue } from "../cache/store.ts";
import { fromWireError, toWireError, type WireError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { Preview } from "../node/preview.ts";
import type { Registry } from "../node/registry.ts";
import type { RunContext } from "../node/run-context.ts";
import { createLimit } from "./limit.ts";
import { toNodeError } from "./node-error.ts";
import { planRun, type RunPlan, type Step } from "./plan-run.ts";
import { previewOf, type ResultFacts, runStep } from "./run-step.ts";

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
  | { readonly type: "node-logged"; readonly nodeId: string; readonly text: string };

export interface RunOptions {
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  readonly signal?: AbortSignal;
  /** @default a store of its own, gone after the run */
  readonly store?: ResultStore;
  /** Called with each event in order; previews are made only when it is given. */
  readonly emit?: (event: StepEvent) => void;
  readonly open: RunContext["open"];
  /** Nodes that run at once. @default 4 */
  readonly concurrency?: number;
  /** Milliseconds, for the times in events. */
  readonly now?: () => number;
}

/** Values of the wanted nodes: node id -> output name -> value. */
export type RunValues = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

interface Running extends Required<Omit<RunOptions, "outputs" | "emit" | "concurrency">> {
  readonly emit: RunOptions["emit"];
}

type Outputs = Readonly<Record<string, StoredValue>>;

function contextFor({ nodeId, definition }: Step, run: Running): RunContext {
  const previewed = Object.entries(definition.outputs).find(([, { portType }]) => portType.preview);
  const log = (text: string): void => run.emit?.({ type: "node-logged", nodeId, text });
  // A preview takes time to make: while one is made, later ones of the same node are skipped.
  let isPreviewing = false;
  const progress: RunContext["progress"] = (done, total, value) => {
    const base = { type: "node-progressed", nodeId, done, total } as const;
    if (value === undefined || previewed === undefined || run.emit === undefined || isPreviewing) {
      run.emit?.(base);
      return;
    }
    isPreviewing = true;
    void previewOf(definition, previewed[0], value, log).then((preview) => {
      isPreviewing = false;
      if (!run.signal.aborted) run.emit?.(preview === undefined ? base : { ...base, preview });
    });
  };
  return { signal: run.signal, open: run.open, progress, log };
}

async function execute(step: Step, inputs: Outputs, run: Running): Promise<Outputs> {
  const { nodeId } = step;
  run.signal.throwIfAborted();
  const start = run.now();
  run.emit?.({ type: "node-started", nodeId });
  let isOver = false;
  const emit: RunOptions["emit"] = run.emit && ((event) => void (isOver || run.emit?.(event)));
  try {
    const context = contextFor(step, { ...run, emit });
    const withPreviews = run.emit !== undefined;
    const result = await runStep(step, inputs, { store: run.store, withPreviews, context });
    isOver = true;
    const { isCached: cached, outputs, ...facts } = result;
    run.emit?.({ type: "node-finished", nodeId, cached, ms: run.now() - start, ...facts });
    return outputs;
  } catch (thrown) {
    isOver = true;
    if (run.signal.aborted) throw run.signal.reason;
    const error = toNodeError(thrown, nodeId);
    run.emit?.({ type: "node-failed", nodeId, error: toWireError(error) });
    throw error;
  }
}

/** Starts every step as soon as its sources are done; a failed source ends its dependents unrun. */
function startAll(plan: RunPlan, run: Running, concurrency: number) {
  const limit = createLimit(concurrency);
  const results = new Map<string, Promise<Outputs | undefined>>();
  const failures: unknown[] = [];
  const gather = async (step: Step): Promise<Outputs | undefined> => {
    const inputs: Record<string, StoredValue> = {};
    for (const [name, link] of Object.entries(step.inputs)) {
      const outputs = await results.get(link.node);
      if (outputs === undefined) return undefined;
      const stored = outputs[link.output];
      if (stored !== undefined) inputs[name] = stored;
    }
    return inputs;
  };
  for (const step of plan.steps) {
    const attempt = async (): Promise<Outputs | undefined> => {
      const inputs = await gather(step);
      return inputs && limit(() => execute(step, inputs, run));
    };
    results.set(
      step.nodeId,
      attempt().catch((error: unknown) => {
        failures.push(error);
        return undefined;
      }),
    );
  }
  return { results, failures };
}

/**
 * Runs what the wanted nodes need, independent branches at once, taking unchanged results from
 * the store. When a node fails, what does not depend on it still finishes; then its error is thrown.
 * Throws: the first issue of a graph that cannot run, `node.failed`, `node.bad-input`, and the
 * signal's reason as it is.
 */
export async function runGraph(
  graph: GraphDocument,
  registry: Registry,
  options: RunOptions,
): Promise<RunValues> {
  const { plan, issues } = planRun(graph, registry, options.outputs);
  if (plan === undefined) throw fromWireError(issues[0]);
  return runPlan(plan, options);
}

/** Runs a plan that `planRun` made; see `runGraph`. */
export async function runPlan(plan: RunPlan, options: RunOptions): Promise<RunValues> {
  const run: Running = {
    signal: options.signal ?? new AbortController().signal,
    store: options.store ?? createMemoryStore(),
    open: options.open,
    now: options.now ?? (() => performance.now()),
    emit: options.emit,
  };
  const { results, failures } = startAll(plan, run, options.concurrency ?? 4);
  const values = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [nodeId, result] of results) {
    const outputs = await result;
    if (outputs === undefined || !plan.wanted.has(nodeId)) continue;
    const plain = Object.entries(outputs).map(([name, { value }]) => [name, value] as const);
    values.set(nodeId, Object.fromEntries(plain));
  }
  run.signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  return values;
}
