import { digest } from "../cache/content-key.ts";
import { GRAPH_INPUTS, type Link } from "../graph/document.ts";
import type { AnyNode } from "../node/registry.ts";
import { type Asked, askFor, isLazy, type Outcome } from "./asked-steps.ts";
import { callNode } from "./call-node.ts";
import { fedSettings } from "./fed-settings.ts";
import { type Given, mapList } from "./map-items.ts";
import { mapStream } from "./map-stream.ts";
import { chosenInputs, routed, tellRouted } from "./route-values.ts";
import { recordFailure, type Scope } from "./running.ts";
import { isStepGraph, type Step, type StepGraph } from "./step.ts";
import type { Value, ValuesByName } from "./value.ts";

/** Of a step without linked params. */
const noValues: ValuesByName = {};

type Steps = StepGraph["steps"];
type Links = Readonly<Record<string, Link>>;

/** The steps of one graph at work: each runs at most once, when something asks for it. */
export interface Evaluation {
  /** Asks for these steps and all that they stand on; each starts when what it takes from has ended. */
  demand(nodeIds: readonly string[]): void;
  /** @returns undefined where the step failed; that has been told. */
  outcome(nodeId: string): Promise<Outcome | undefined>;
  /** The value at a link; undefined where nothing flows. Throws: what failed before it. */
  valueAt(link: Link): Promise<Value | undefined>;
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

/** Runs a step once its levels are taken off. */
async function runOnce(step: Step, given: Given, scope: Scope): Promise<ValuesByName> {
  const { task } = step;
  if (isStepGraph(task)) return runDefinition(step, task, given, scope);
  const isFed = given.params !== noValues;
  const settings = isFed ? await fedSettings(task, step.settings, given.params) : step.settings;
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

/**
 * @param given What the graph's own inputs are, by name.
 * @param scope For whom the steps run.
 */
export function createEvaluation(steps: Steps, given: ValuesByName, scope: Scope): Evaluation {
  const asked = new Map<string, Asked>();

  const outcome = async (id: string): Promise<Outcome | undefined> => {
    const one = asked.get(id);
    if (one === undefined || one.hasEnded) return one?.outcome;
    return new Promise((resolve) => one.listeners.push(resolve));
  };
  const endedValue = ({ node, output }: Link): Value | undefined => {
    if (node === GRAPH_INPUTS) return given[output];
    const found = asked.get(node)?.outcome;
    if (found === undefined) throw firstFailure(scope);
    return found.outputs[output];
  };
  const valueAt = async (link: Link): Promise<Value | undefined> => {
    await outcome(link.node);
    return endedValue(link);
  };
  const gather = (links: Links): ValuesByName => {
    const values: Record<string, Value> = {};
    for (const name of Object.keys(links)) {
      const link = links[name];
      const value = link && endedValue(link);
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
  const takeRoute = async (step: Step, definition: AnyNode): Promise<Outcome> => {
    const settings = await fedSettings(definition, step.settings, gather(step.params));
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
      const inputs = gather(step.inputs);
      const isFed = Object.keys(step.params).length > 0;
      const params = isFed ? gather(step.params) : noValues;
      const given = { inputs, params };
      if (step.levels.length > 0) return await runLevel(step, 0, given, scope);
      return { outputs: await runOnce(step, given, scope) };
    } catch (thrown) {
      recordFailure(thrown, step.nodeId, scope);
      return undefined;
    }
  };
  const start = async (one: Asked): Promise<void> => {
    const found = await attempt(one.step);
    one.outcome = found;
    one.hasEnded = true;
    for (const tell of one.listeners) tell(found);
    for (const follower of one.followers) if (--follower.waiting === 0) void start(follower);
  };
  const demand = (nodeIds: readonly string[]): void => {
    for (const one of askFor(asked, steps, nodeIds)) void start(one);
  };
  return { demand, outcome, valueAt };
}
