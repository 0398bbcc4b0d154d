import { createMemoryStore } from "../cache/memory-store.ts";
import type { ResultStore } from "../cache/store.ts";
import { fromWireError } from "../errors.ts";
import { entryOf } from "../graph/catalogue.ts";
import { catalogueFor } from "../graph/definitions.ts";
import { GRAPH_INPUTS, type GraphDocument } from "../graph/document.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import type { Registry } from "../node/registry.ts";
import type { RunContext } from "../node/run-context.ts";
import { createEvaluation, type Evaluation } from "./evaluate.ts";
import { giveInputs } from "./given-values.ts";
import { createLimit } from "./limit.ts";
import { planRun, type RunPlan, type Wanted } from "./plan-run.ts";
import type { Emit, Running } from "./running.ts";
import { isStreamValue, openItems, toPlain, type ValuesByName } from "./value.ts";

export interface RunOptions {
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Values of the graph's named inputs. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** @default a store of its own, gone after the run */
  readonly store?: ResultStore;
  /** Called with each event in order; previews are made only when it is given. */
  readonly emit?: Emit;
  readonly open: RunContext["open"];
  /** Nodes, and items of one node, that run at once. @default 4 */
  readonly concurrency?: number;
  /** Milliseconds, for the times in events. */
  readonly now?: () => number;
}

/** Values of the wanted nodes: node id -> output name -> value; streams are run, but not kept. */
export type RunValues = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

function createRunning(options: RunOptions, { portTypes }: RunPlan): Running {
  const concurrency = options.concurrency ?? 4;
  return {
    signal: options.signal ?? new AbortController().signal,
    store: options.store ?? createMemoryStore(),
    open: options.open,
    now: options.now ?? (() => performance.now()),
    portTypes,
    concurrency,
    limit: createLimit(concurrency),
    inFlight: new Map(),
    failures: new Set(),
    spared: new Set(),
  };
}

/** Runs what a wanted id stands for to its end; gives its values, or undefined where it failed. */
async function finish(
  { steps, outputs }: Wanted,
  evaluation: Evaluation,
): Promise<Record<string, unknown> | undefined> {
  const drained = new Set<string>();
  for (const id of steps) {
    const outcome = await evaluation.outcome(id);
    if (outcome === undefined) return undefined;
    if (outcome.drain === undefined) continue;
    await outcome.drain();
    drained.add(id);
  }
  const values: Record<string, unknown> = {};
  for (const [name, link] of Object.entries(outputs)) {
    const value = await evaluation.valueAt(link);
    if (value === undefined) continue;
    if (!isStreamValue(value)) values[name] = await toPlain(value);
    else if (!drained.has(link.node)) {
      for await (const _ of (await openItems(value)).items);
    }
  }
  return values;
}

/** Runs a plan that `planRun` made; see `runGraph`. */
export async function runPlan(
  plan: RunPlan,
  options: RunOptions,
  given: ValuesByName = {},
): Promise<RunValues> {
  const run = createRunning(options, plan);
  const { emit } = options;
  const evaluation = createEvaluation(plan.steps, given, { run, emit });
  evaluation.demand([...plan.wanted.values()].flatMap(({ steps }) => steps));
  const ends = [...plan.wanted].map(async ([id, wanted]) => {
    const found = await finish(wanted, evaluation);
    return found === undefined ? [] : [[id, found] as const];
  });
  const outcomes = await Promise.allSettled(ends);
  run.signal.throwIfAborted();
  const [failure] = run.failures;
  if (failure !== undefined) throw failure;
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  for (const tell of run.spared) tell();
  return new Map(outcomes.flatMap((o) => (o.status === "fulfilled" ? o.value : [])));
}

/**
 * Runs what the wanted nodes need, independent branches at once, taking unchanged results from
 * the store. When a node fails, what does not depend on it still finishes; then its error is thrown.
 * Throws: the first issue of a graph that cannot run, `node.failed`, `node.bad-input`, `param.*`,
 * `list.length`, and the signal's reason as it is.
 */
export async function runGraph(
  document: GraphDocument,
  registry: Registry,
  options: RunOptions,
): Promise<RunValues> {
  const { graph, values } = giveInputs(document, options.inputs ?? {}, registry);
  const order = { given: Object.keys(values) };
  const { outputs } = options;
  const { plan, issues } = planRun(graph, registry, {
    ...order,
    ...(outputs === undefined ? {} : { outputs }),
  });
  if (plan === undefined) throw fromWireError(issues[0]);
  return runPlan(plan, options, values);
}

/**
 * Runs a graph as a function: values of its named inputs in, values of its named outputs out.
 * Throws: as `runGraph`.
 */
export async function callGraph(
  graph: GraphDocument,
  registry: Registry,
  inputs: Readonly<Record<string, unknown>>,
  options: Omit<RunOptions, "inputs" | "outputs">,
): Promise<Readonly<Record<string, unknown>>> {
  const catalogue = catalogueFor(graph, registry.catalogue);
  const links = Object.entries(graph.outputs ?? {}).flatMap(([name, link]) => {
    const live = resolveLink(graph, catalogue, link);
    return live === undefined ? [] : [[name, live] as const];
  });
  const nodes = links.map(([, { node }]) => node).filter((id) => id !== GRAPH_INPUTS);
  const outputs = [...new Set(nodes)];
  const values = await runGraph(graph, registry, { ...options, inputs, outputs });
  const results = links.map(([name, { node, output }]) => {
    const given = node === GRAPH_INPUTS ? inputs : values.get(node);
    return [name, entryOf(given, output)] as const;
  });
  return Object.fromEntries(results);
}
