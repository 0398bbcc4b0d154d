import { createMemoryStore } from "../cache/memory-store.ts";
import type { ResultStore } from "../cache/store.ts";
import { fromWireError } from "../errors.ts";
import { entryOf } from "../graph/catalogue.ts";
import { type GraphDocument, graphInputs } from "../graph/document.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import { catalogueFor } from "../graph/subgraphs.ts";
import { migrateGraph } from "../node/migrate-graph.ts";
import type { Registry } from "../node/registry.ts";
import type { RunContext } from "../node/run-context.ts";
import { planRun, type RunPlan, type Target } from "../plan/plan-run.ts";
import { type BoundGraph, bindInputs } from "./bind-inputs.ts";
import { createEvaluation, type Evaluation } from "./evaluate.ts";
import { createReachGuard, type FileReach } from "./file-reach.ts";
import { type KeepValue, keptOf } from "./kept-value.ts";
import { createLimit } from "./limit.ts";
import { type IsOwnFile, openOutputFiles } from "./output-files.ts";
import type { Emit, RunState } from "./run-state.ts";
import { isStreamValue, openItems, toPlain, type Value, type ValuesByName } from "./value.ts";

/** How a graph runs. */
export interface RunOptions {
  /** Ids of the nodes to run. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Values of the graph's named inputs. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** @default a store in memory that ends with the run */
  readonly store?: ResultStore;
  /** Called with each event in order; previews are made only when it is given. */
  readonly emit?: Emit;
  /** Whether events carry previews: without them a run is faster. @default true */
  readonly hasPreviews?: boolean;
  readonly open: RunContext["open"];
  readonly device?: RunContext["device"];
  /** Tells files that earlier runs of the graph wrote, which this one may replace. @default none are */
  readonly isOwnFile?: IsOwnFile;
  /** Whether numbered files never replace those of earlier runs. @default false */
  readonly keepsEarlier?: boolean;
  /** Where nodes may read and write. @default wherever the user may */
  readonly reach?: FileReach;
  /** Most nodes, and most items of one node, that run at once. @default 4 */
  readonly concurrency?: number;
  /** Milliseconds, for the times in events. @default performance.now */
  readonly now?: () => number;
}

/** Values of the nodes that were asked for: node id -> output name -> value. Streams are drained, not kept. */
export type RunValues = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

async function openRunState(options: RunOptions, { portTypes, steps }: RunPlan): Promise<RunState> {
  const concurrency = options.concurrency ?? 4;
  return {
    signal: options.signal ?? new AbortController().signal,
    store: options.store ?? createMemoryStore(),
    open: options.open,
    device: options.device,
    files: await openOutputFiles(
      steps.values(),
      options.isOwnFile ?? (async () => false),
      options.keepsEarlier ?? false,
    ),
    reach: createReachGuard(options.reach),
    now: options.now ?? (() => performance.now()),
    portTypes,
    hasPreviews: options.hasPreviews ?? true,
    concurrency,
    limit: createLimit(concurrency),
    inFlight: new Map(),
    failures: new Set(),
    skipped: new Set(),
  };
}

/** Makes what a caller wants of an output of a node. */
type ReadOutput = (value: Value, nodeId: string, output: string) => Promise<unknown>;

/**
 * Runs a target to its end; returns its values, or undefined where it failed.
 * @param read Takes the items of streams too, so that none of them is drained before.
 */
async function finish(
  [nodeId, { steps, outputs }]: readonly [string, Target],
  evaluation: Evaluation,
  read?: ReadOutput,
): Promise<Record<string, unknown> | undefined> {
  const drained = new Set<string>();
  for (const id of steps) {
    const outcome = await evaluation.outcome(id);
    if (outcome === undefined) return undefined;
    if (read !== undefined || outcome.drain === undefined) continue;
    await outcome.drain();
    drained.add(id);
  }
  const values: Record<string, unknown> = {};
  for (const [name, link] of Object.entries(outputs)) {
    const value = await evaluation.valueAt(link);
    if (value === undefined) continue;
    if (read !== undefined) values[name] = await read(value, nodeId, name);
    else if (!isStreamValue(value)) values[name] = await toPlain(value);
    else if (!drained.has(link.node)) {
      for await (const _ of (await openItems(value)).items);
    }
  }
  return values;
}

/**
 * Runs a plan that `planRun` made; see `runGraph`.
 * @param inputs Values of the graph's input ports, by name.
 * @param read Makes the values that are returned. @default streams are drained, other values are as they are
 */
export async function runPlan(
  plan: RunPlan,
  options: RunOptions,
  inputs: ValuesByName = {},
  read?: ReadOutput,
): Promise<RunValues> {
  const run = await openRunState(options, plan);
  const { emit } = options;
  const evaluation = createEvaluation(plan.steps, inputs, { run, emit });
  evaluation.request([...plan.targets.values()].flatMap(({ steps }) => steps));
  const ends = [...plan.targets].map(async (target) => {
    const found = await finish(target, evaluation, read);
    return found === undefined ? [] : [[target[0], found] as const];
  });
  const outcomes = await Promise.allSettled(ends);
  run.signal.throwIfAborted();
  const [failure] = run.failures;
  if (failure !== undefined) throw failure;
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  for (const emitSkipped of run.skipped) emitSkipped();
  return new Map(
    outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : [])),
  );
}

/** Plans and runs a graph whose inputs have values. */
async function runBound(
  { graph, values }: BoundGraph,
  registry: Registry,
  options: RunOptions,
  read?: ReadOutput,
): Promise<RunValues> {
  const { outputs } = options;
  const { plan, issues } = planRun(graph, registry, {
    boundInputs: Object.keys(values),
    ...(outputs === undefined ? {} : { outputs }),
  });
  if (plan === undefined) throw fromWireError(issues[0]);
  return runPlan(plan, options, values, read);
}

/**
 * Runs the requested nodes and everything upstream of them, independent branches in parallel, with
 * unchanged results from the store. When a node fails, nodes that do not depend on it still finish;
 * then its error is thrown.
 * Throws: the first issue of an invalid graph, `graph.same-file`, `node.failed`, `node.bad-input`,
 * `param.*`, `list.length`; when cancelled, the signal's reason.
 */
export async function runGraph(
  document: GraphDocument,
  registry: Registry,
  options: RunOptions,
): Promise<RunValues> {
  const current = migrateGraph(document, registry.nodes);
  return runBound(bindInputs(current, options.inputs ?? {}, registry), registry, options);
}

/** How a graph is called. */
export interface CallOptions extends Omit<RunOptions, "inputs" | "outputs"> {
  /**
   * Makes what is returned of each value as soon as it is there: of lists and streams item by item, so that a stream
   * need not be in memory as a whole. @default values are returned as they are, and streams are drained
   */
  readonly keep?: KeepValue;
}

/**
 * Calls a graph as a function: values of its named inputs in, values of its named outputs out.
 * Throws: the errors of `runGraph`, and what `keep` throws.
 */
export async function callGraph(
  document: GraphDocument,
  registry: Registry,
  inputs: Readonly<Record<string, unknown>>,
  { keep, ...options }: CallOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const bound = bindInputs(migrateGraph(document, registry.nodes), inputs, registry);
  const { graph } = bound;
  const catalogue = catalogueFor(graph, registry.catalogue);
  const links = Object.entries(graph.outputs ?? {}).flatMap(([name, link]) => {
    const live = resolveLink(graph, catalogue, link);
    return live === undefined ? [] : [[name, live] as const];
  });
  const nodes = links.map(([, { node }]) => node).filter((id) => id !== graphInputs);
  const wanted = new Set(links.map(([, { node, output }]) => `${node} ${output}`));
  const read: ReadOutput | undefined =
    keep &&
    (async (value, nodeId, output) =>
      wanted.has(`${nodeId} ${output}`) ? keptOf(value, keep) : undefined);
  const outputs = [...new Set(nodes)];
  const values = await runBound(bound, registry, { ...options, outputs }, read);
  const results = links.map(([name, { node, output }]) => {
    const source = node === graphInputs ? inputs : values.get(node);
    return [name, entryOf(source, output)] as const;
  });
  return Object.fromEntries(results);
}
