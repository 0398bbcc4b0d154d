import { digest } from "../cache/content-key.ts";
import { graphInputs, type Link } from "../graph/document.ts";
import { innermostOf } from "../graph/port-type.ts";
import type { AnyNode } from "../node/registry.ts";
import { isStepGraph, type Step, type StepGraph } from "../plan/step.ts";
import type { Call } from "./call.ts";
import { callNode, checkCall } from "./call-node.ts";
import { linkedSettings } from "./linked-settings.ts";
import { eachItem, mapList, type StepArguments } from "./map-items.ts";
import { mapStream } from "./map-stream.ts";
import {
  isLazyRoute,
  markFailed,
  type Outcome,
  type PendingStep,
  requestSteps,
  stepsBehindRoutes,
} from "./pending-steps.ts";
import { emitRouted, routeValues, selectInputs } from "./route-values.ts";
import { type RunScope, recordFailure } from "./run-state.ts";
import { turnsOf } from "./turns.ts";
import type { Value, ValuesByName } from "./value.ts";

/** The linked params of a step that has none. */
const noValues: ValuesByName = {};

type Steps = StepGraph["steps"];
type Links = Readonly<Record<string, Link>>;

/** Runs the steps of one graph, each at most once and only when requested. */
export interface Evaluation {
  /** Requests steps and everything upstream of them; each starts when its sources have ended. */
  request(nodeIds: readonly string[]): void;
  /** @returns undefined where the step failed; the failure has been recorded. */
  outcome(nodeId: string): Promise<Outcome | undefined>;
  /** The value at a link; undefined where nothing flows. Throws: the failure upstream. */
  valueAt(link: Link): Promise<Value | undefined>;
}

/** Values of a subgraph's inputs when it runs for an item. */
function subgraphInputs({ settings }: Step, { inputs, params }: StepArguments): ValuesByName {
  const constants = Object.entries(settings).map(([name, value]): [string, Value] => {
    const hash = digest(["setting", JSON.stringify(value)]);
    return [name, { value, hash, portType: "setting" }];
  });
  return { ...Object.fromEntries(constants), ...inputs, ...params };
}

async function runSubgraph(
  step: Step,
  graph: StepGraph,
  args: StepArguments,
  scope: RunScope,
): Promise<ValuesByName> {
  const inner = createEvaluation(graph.steps, subgraphInputs(step, args), scope);
  const links = Object.entries(graph.outputs);
  const targets = [...links.map(([, { node }]) => node), ...graph.effects];
  inner.request(targets.filter((id) => id !== graphInputs));
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

function firstFailure({ run }: RunScope): unknown {
  run.signal.throwIfAborted();
  const [first] = run.failures;
  return first ?? new TypeError("a step failed, but recorded no failure");
}

async function callOf(
  step: Step,
  definition: AnyNode,
  { inputs, params }: StepArguments,
  scope: RunScope,
): Promise<Call> {
  const isLinked = params !== noValues;
  const settings = isLinked
    ? await linkedSettings(definition, step.settings, params)
    : step.settings;
  return { step, definition, settings, inputs, scope };
}

/** Runs a step on single values: all its levels are mapped over. */
async function runOnce(step: Step, args: StepArguments, scope: RunScope): Promise<ValuesByName> {
  const { task } = step;
  if (isStepGraph(task)) return runSubgraph(step, task, args, scope);
  const call = await callOf(step, task, args, scope);
  if (task.route === undefined) return callNode(call);
  const outputs = routeValues(task, call.settings, call.inputs);
  emitRouted(step, outputs, scope);
  return outputs;
}

/** Checks the inputs of a step, for each of its items. Throws: what its node refuses. */
async function checkStep(step: Step, args: StepArguments, scope: RunScope): Promise<void> {
  const { task } = step;
  if (isStepGraph(task)) return;
  await eachItem(step, args, scope, async (inner, innerScope) => {
    try {
      await checkCall(await callOf(step, task, inner, innerScope));
    } catch (thrown) {
      throw recordFailure(thrown, step.nodeId, innerScope);
    }
  });
}

/** Runs a step at a level: once, or for each item of the containers it is mapped over there. */
async function runLevel(
  step: Step,
  level: number,
  args: StepArguments,
  scope: RunScope,
): Promise<Outcome> {
  const container = step.levels[level];
  if (container === undefined) return { outputs: await runOnce(step, args, scope) };
  const runItem = async (inner: StepArguments, innerScope: RunScope): Promise<ValuesByName> => {
    return (await runLevel(step, level + 1, inner, innerScope)).outputs;
  };
  if (container === "stream") return mapStream(step, args, scope, runItem);
  return { outputs: await mapList(step, level, args, scope, runItem) };
}

/**
 * Prepares the steps of one graph for running on request.
 * @param graphValues Values of the graph's own inputs, by name.
 */
export function createEvaluation(
  steps: Steps,
  graphValues: ValuesByName,
  scope: RunScope,
): Evaluation {
  const pending = new Map<string, PendingStep>();
  const behindRoutes = stepsBehindRoutes(steps);
  const isContent = ({ node, output }: Link): boolean => {
    const type =
      node === graphInputs ? graphValues[output]?.portType : steps.get(node)?.own[output];
    return type !== undefined && scope.run.portTypes.get(innermostOf(type))?.hash !== undefined;
  };
  const turns = turnsOf(steps, isContent);
  // Steps of the first turn that have not ended, and steps that have not been checked.
  let earlyLeft = 0;
  const held: PendingStep[] = [];

  const outcome = async (id: string): Promise<Outcome | undefined> => {
    const one = pending.get(id);
    if (one === undefined || one.hasEnded) return one?.outcome;
    return new Promise((resolve) => one.listeners.push(resolve));
  };
  const endedValue = ({ node, output }: Link): Value | undefined => {
    if (node === graphInputs) return graphValues[output];
    const found = pending.get(node)?.outcome;
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
  const argumentsOf = ({ inputs, params }: Step): StepArguments => {
    const isLinked = Object.keys(params).length > 0;
    return { inputs: gather(inputs), params: isLinked ? gather(params) : noValues };
  };
  const takeRoute = async (step: Step, definition: AnyNode): Promise<Outcome> => {
    const settings = await linkedSettings(definition, step.settings, gather(step.params));
    const outputs: Record<string, Value> = {};
    for (const [output, name] of selectInputs(definition, settings, step.inputs)) {
      const link = step.inputs[name];
      if (link === undefined) continue;
      request([link.node]);
      const value = await valueAt(link);
      if (value !== undefined) outputs[output] = value;
    }
    emitRouted(step, outputs, scope);
    return { outputs };
  };
  const attempt = async (step: Step): Promise<Outcome | undefined> => {
    try {
      if (isLazyRoute(step) && !isStepGraph(step.task)) return await takeRoute(step, step.task);
      const args = argumentsOf(step);
      if (step.levels.length > 0) return await runLevel(step, 0, args, scope);
      return { outputs: await runOnce(step, args, scope) };
    } catch (thrown) {
      recordFailure(thrown, step.nodeId, scope);
      return undefined;
    }
  };
  const isUnneeded = ({ step, readers, hasFailed }: PendingStep): boolean =>
    hasFailed || (readers === 0 && !behindRoutes.has(step));
  const endEarly = (): void => {
    if (--earlyLeft === 0) for (const next of held.splice(0)) void start(next);
  };
  const check = async (one: PendingStep): Promise<void> => {
    try {
      if (!isUnneeded(one)) await checkStep(one.step, argumentsOf(one.step), scope);
    } catch (thrown) {
      recordFailure(thrown, one.step.nodeId, scope);
      markFailed(one);
    }
    endEarly();
  };
  const start = async (one: PendingStep): Promise<void> => {
    const found = isUnneeded(one) ? undefined : await attempt(one.step);
    one.outcome = found;
    one.hasEnded = true;
    if (found === undefined) markFailed(one);
    for (const resolve of one.listeners) resolve(found);
    for (const follower of one.followers) if (--follower.waiting === 0) startInTurn(follower);
    if (one.turn === "first") endEarly();
  };
  const startInTurn = (one: PendingStep): void => {
    if (one.turn === "checked") void check(one);
    if (one.turn === "first" || earlyLeft === 0) void start(one);
    else held.push(one);
  };
  const request = (nodeIds: readonly string[]): void => {
    const found = requestSteps(pending, { steps, turns }, nodeIds);
    earlyLeft += found.early;
    for (const one of found.ready) startInTurn(one);
  };
  return { request, outcome, valueAt };
}
