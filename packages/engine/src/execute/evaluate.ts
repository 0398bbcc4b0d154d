import { digest } from "../cache/content-key.ts";
import { EngineError } from "../errors.ts";
import { checkParam } from "../graph/check-param.ts";
import { GRAPH_INPUTS, type Json, type Link } from "../graph/document.ts";
import type { AnyNode } from "../node/registry.ts";
import { callNode } from "./call-node.ts";
import { type Given, mapList } from "./map-items.ts";
import { mapStream } from "./map-stream.ts";
import { recordFailure, type Scope } from "./running.ts";
import { isStepGraph, type Step, type StepGraph } from "./step.ts";
import { toPlain, type Value, type ValuesByName } from "./value.ts";

/** Of a step without linked params. */
const noValues: ValuesByName = {};

/** What became of a step. */
interface Outcome {
  readonly outputs: ValuesByName;
  /** For a step mapped over streams: runs all its items. */
  drain?(): Promise<void>;
}

type Steps = StepGraph["steps"];
type Links = Readonly<Record<string, Link>>;
type Settings = Readonly<Record<string, Json>>;

/** The steps of one graph at work: each runs at most once, when something asks for it. */
export interface Evaluation {
  /** Starts all that these steps stand on, then they themselves. */
  demand(nodeIds: readonly string[]): void;
  /** @returns undefined where the step failed; that has been told. */
  outcome(nodeId: string): Promise<Outcome | undefined>;
  /** The value at a link; undefined where nothing flows. Throws: what failed before it. */
  valueAt(link: Link): Promise<Value | undefined>;
}

/** Params as they are in one run, with those that links feed. Throws: `param.*`. */
async function settingsOf(definition: AnyNode, settings: Settings, params: ValuesByName) {
  const entries = Object.entries(params);
  const all: Record<string, Json> = { ...settings };
  for (const [name, value] of entries) {
    const plain = (await toPlain(value)) as Json;
    const spec = definition.params[name];
    const fault = spec && checkParam(spec, plain);
    if (fault !== undefined) {
      throw new EngineError(fault.code, fault.what, {
        at: { path: `inputs.${name}` },
        hint: fault.hint,
      });
    }
    all[name] = plain;
  }
  return all;
}

/** The values that a definition's inputs have when it is run for an item. */
function givenTo({ settings }: Step, { inputs, params }: Given): ValuesByName {
  const constants = Object.entries(settings).map(([name, value]): [string, Value] => {
    const hash = digest(["setting", JSON.stringify(value)]);
    return [name, { value, hash, portType: "setting" }];
  });
  return { ...Object.fromEntries(constants), ...inputs, ...params };
}

async function runDefinition(
  step: Step,
  graph: StepGraph,
  given: Given,
  scope: Scope,
): Promise<ValuesByName> {
  const inner = createEvaluation(graph.steps, givenTo(step, given), scope);
  const links = Object.entries(graph.outputs);
  const wanted = [...links.map(([, { node }]) => node), ...graph.effects];
  inner.demand(wanted.filter((id) => id !== GRAPH_INPUTS));
  const outputs: Record<string, Value> = {};
  for (const [name, link] of links) {
    const value = await inner.valueAt(link);
    if (value !== undefined) outputs[name] = value;
  }
  for (const id of graph.effects) {
    const outcome = await inner.outcome(id);
    if (outcome === undefined) throw firstFailure(scope);
    await outcome.drain?.();
  }
  return outputs;
}

function firstFailure({ run }: Scope): unknown {
  run.signal.throwIfAborted();
  const [first] = run.failures;
  return first ?? new TypeError("a step failed without a word");
}

/** The input that each output hands on. Throws: `node.bad-input` where nothing is connected. */
function chosenInputs(
  definition: AnyNode,
  settings: Settings,
  inputs: Readonly<Record<string, unknown>>,
): [string, string][] {
  const chosen = definition.route?.(settings, new Set(Object.keys(inputs))) ?? {};
  return Object.entries(chosen).flatMap(([output, input]): [string, string][] => {
    const name = String(input);
    if (inputs[name] !== undefined) return [[output, name]];
    if (definition.outputs[output]?.optional) return [];
    throw new EngineError("node.bad-input", `"${name}" is chosen, but nothing is connected there`, {
      at: { path: `inputs.${name}` },
      hint: `connect "${name}", or choose another input.`,
    });
  });
}

function routed(definition: AnyNode, settings: Settings, inputs: ValuesByName): ValuesByName {
  const outputs: Record<string, Value> = {};
  for (const [output, name] of chosenInputs(definition, settings, inputs)) {
    const value = inputs[name];
    if (value !== undefined) outputs[output] = value;
  }
  return outputs;
}

function tellRouted({ nodeId }: Step, outputs: ValuesByName, { emit }: Scope): void {
  const hashes = Object.entries(outputs).map(([name, { hash }]) => [name, hash] as const);
  const digests = Object.fromEntries(hashes);
  emit?.({ type: "node-started", nodeId });
  emit?.({ type: "node-finished", nodeId, cached: false, ms: 0, previews: {}, digests });
}

/** Runs a step once its levels are taken off. */
async function runOnce(step: Step, given: Given, scope: Scope): Promise<ValuesByName> {
  const { task } = step;
  if (isStepGraph(task)) return runDefinition(step, task, given, scope);
  const isFed = given.params !== noValues;
  const settings = isFed ? await settingsOf(task, step.settings, given.params) : step.settings;
  if (task.route === undefined) {
    return callNode({ step, definition: task, settings, inputs: given.inputs, scope });
  }
  const outputs = routed(task, settings, given.inputs);
  tellRouted(step, outputs, scope);
  return outputs;
}

/** Runs a step at a level: once, or for each item of what it is mapped over there. */
async function runLevel(step: Step, level: number, given: Given, scope: Scope): Promise<Outcome> {
  const container = step.levels[level];
  if (container === undefined) return { outputs: await runOnce(step, given, scope) };
  const runItem = async (inner: Given, innerScope: Scope): Promise<ValuesByName> => {
    return (await runLevel(step, level + 1, inner, innerScope)).outputs;
  };
  if (container === "stream") return mapStream(step, given, scope, runItem);
  return { outputs: await mapList(step, level, given, scope, runItem) };
}

/** Whether a step takes only the inputs that it chooses. */
function isLazy({ task, levels }: Step): boolean {
  return !isStepGraph(task) && task.route !== undefined && levels.length === 0;
}

/** Steps to start, each after those it stands on. */
function startOrder(
  steps: Steps,
  nodeIds: readonly string[],
  isStarted: (id: string) => boolean,
): [string, Step][] {
  const order: [string, Step][] = [];
  const entered = new Set<string>();
  // An id goes in to be entered; the step itself, to be left once all before it are.
  const stack: (string | [string, Step])[] = [...nodeIds].reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== "string") {
      order.push(top);
      continue;
    }
    const step = steps.get(top);
    if (step === undefined || entered.has(top) || isStarted(top)) continue;
    entered.add(top);
    stack.push([top, step]);
    for (const { node } of Object.values(step.params)) stack.push(node);
    if (isLazy(step)) continue;
    for (const { node } of Object.values(step.inputs).reverse()) stack.push(node);
  }
  return order;
}

/**
 * @param given What the graph's own inputs are, by name.
 * @param scope For whom the steps run.
 */
export function createEvaluation(steps: Steps, given: ValuesByName, scope: Scope): Evaluation {
  const outcomes = new Map<string, Promise<Outcome | undefined>>();

  const valueAt = async ({ node, output }: Link): Promise<Value | undefined> => {
    if (node === GRAPH_INPUTS) return given[output];
    const outcome = await outcomes.get(node);
    if (outcome === undefined) throw firstFailure(scope);
    return outcome.outputs[output];
  };
  const gather = async (links: Links): Promise<ValuesByName> => {
    const values: Record<string, Value> = {};
    for (const name of Object.keys(links)) {
      const link = links[name];
      const value = link && (await valueAt(link));
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
  const takeRoute = async (step: Step, definition: AnyNode): Promise<Outcome> => {
    const settings = await settingsOf(definition, step.settings, await gather(step.params));
    const outputs: Record<string, Value> = {};
    for (const [output, name] of chosenInputs(definition, settings, step.inputs)) {
      const link = step.inputs[name];
      if (link === undefined) continue;
      demand([link.node]);
      const value = await valueAt(link);
      if (value !== undefined) outputs[output] = value;
    }
    tellRouted(step, outputs, scope);
    return { outputs };
  };
  const attempt = async (step: Step): Promise<Outcome | undefined> => {
    try {
      if (isLazy(step) && !isStepGraph(step.task)) return await takeRoute(step, step.task);
      const inputs = await gather(step.inputs);
      const isFed = Object.keys(step.params).length > 0;
      const params = isFed ? await gather(step.params) : noValues;
      const given = { inputs, params };
      if (step.levels.length > 0) return await runLevel(step, 0, given, scope);
      return { outputs: await runOnce(step, given, scope) };
    } catch (thrown) {
      recordFailure(thrown, step.nodeId, scope);
      return undefined;
    }
  };
  const demand = (nodeIds: readonly string[]): void => {
    for (const [id, step] of startOrder(steps, nodeIds, (known) => outcomes.has(known))) {
      outcomes.set(id, attempt(step));
    }
  };
  return { demand, outcome: async (id) => outcomes.get(id), valueAt };
}
