import { digest } from "../cache/content-key.ts";
import { EngineError } from "../errors.ts";
import { mapValues } from "../graph/map-values.ts";
import { inContainer } from "../graph/port-type.ts";
import type { RunItem } from "../node/run-context.ts";
import { isStepGraph, type Step } from "../plan/step.ts";
import type { ResultFacts } from "../protocol/run-event.ts";
import { type RunScope, recordFailure } from "./run-state.ts";
import { createTally } from "./tally.ts";
import { itemsOf, listValue, type Value, type ValuesByName } from "./value.ts";

/** Values for a step: of its inputs, and of its linked params. */
export interface StepArguments {
  readonly inputs: ValuesByName;
  readonly params: ValuesByName;
}

/** Runs a step for one item. */
export type RunForItem = (args: StepArguments, scope: RunScope) => Promise<ValuesByName>;

/** The names of a step's inputs and params that are mapped over at a level. */
export function liftedNames({ lifts }: Step, level: number): string[] {
  return Object.keys(lifts).filter((name) => (lifts[name] ?? 0) > level);
}

/** The value of an input or a linked param. */
export function argumentOf({ inputs, params }: StepArguments, name: string): Value | undefined {
  return inputs[name] ?? params[name];
}

/** The same arguments with containers replaced by their current items. */
export function withItems(
  { inputs, params }: StepArguments,
  items: ReadonlyMap<string, Value>,
): StepArguments {
  const replaced = (values: ValuesByName): ValuesByName =>
    mapValues(values, (value, name) => items.get(name) ?? value);
  return { inputs: replaced(inputs), params: replaced(params) };
}

/** Lists or streams that are walked together have different lengths. */
export function lengthError(
  first: string,
  firstLength: number,
  other: string,
  otherLength: number,
): EngineError {
  const what = `"${first}" has ${firstLength} items and "${other}" has ${otherLength}`;
  return new EngineError("list.length", what, {
    at: { path: `inputs.${other}` },
    hint: "Give lists of equal length. A single value is used for every item.",
  });
}

/** The item at an index, inside the item of an outer list. */
export function itemOf(outer: RunItem | undefined, index: number, count?: number): RunItem {
  const label = outer === undefined ? `${index}` : `${outer.label}-${index}`;
  return { index, label, ...(count === undefined ? {} : { count }) };
}

/** The arguments for the item at an index. */
function argumentsAt(args: StepArguments, names: readonly string[], index: number): StepArguments {
  const items = new Map<string, Value>();
  for (const name of names) {
    const list = argumentOf(args, name);
    const value = list && itemsOf(list)[index];
    if (value !== undefined) items.set(name, value);
  }
  return withItems(args, items);
}

/** The common length of the lists that are walked together. Throws: `list.length`. */
function commonLength(args: StepArguments, names: readonly string[]): number {
  const [first = "", ...others] = names.filter((name) => argumentOf(args, name) !== undefined);
  const lengthOf = (name: string): number => {
    const value = argumentOf(args, name);
    return value === undefined ? 0 : itemsOf(value).length;
  };
  const length = lengthOf(first);
  for (const name of others) {
    if (lengthOf(name) !== length) throw lengthError(first, length, name, lengthOf(name));
  }
  return length;
}

/** Runs a task for each index, at most `width` at once; the first failure ends it. */
async function forEachIndex<T>(
  count: number,
  width: number,
  task: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  let isFailed = false;
  const work = async (): Promise<void> => {
    while (next < count && !isFailed) {
      const index = next++;
      try {
        results[index] = await task(index);
      } catch (thrown) {
        isFailed = true;
        throw thrown;
      }
    }
  };
  const workers = Array.from({ length: Math.min(width, count) }, work);
  const outcomes = await Promise.allSettled(workers);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return results;
}

/** Does something for each item of a step that is mapped over lists alone; once for one that is not. Throws: `list.length`. */
export async function eachItem(
  step: Step,
  args: StepArguments,
  scope: RunScope,
  task: (args: StepArguments, scope: RunScope) => Promise<void>,
  level = 0,
): Promise<void> {
  if (level === step.levels.length) return task(args, scope);
  const names = liftedNames(step, level);
  const count = commonLength(args, names);
  for (let index = 0; index < count; index++) {
    const inner = { ...scope, item: itemOf(scope.item, index, count) };
    await eachItem(step, argumentsAt(args, names, index), inner, task, level + 1);
  }
}

/** Joins the outputs of all items into lists. Throws: `node.bad-output`. */
function joinOutputs(step: Step, level: number, results: readonly ValuesByName[]): ValuesByName {
  const inner = step.levels.slice(level + 1).toReversed();
  const outputs: Record<string, Value> = {};
  for (const [name, own = "T"] of Object.entries(step.own)) {
    const items = results.flatMap((result) => result[name] ?? []);
    const type = inner.reduce((element, container) => inContainer(container, element), own);
    if (items.length === results.length) {
      outputs[name] = listValue(items, items[0]?.portType ?? type);
    } else if (items.length > 0) {
      throw new EngineError("node.bad-output", `only some items have the output "${name}"`, {
        hint: "Split the list before this node, so that all items have it or none.",
      });
    }
  }
  return outputs;
}

/** Runs a step for each item of its lists; its outputs are lists. Throws: `list.length`, `node.bad-output`. */
export async function mapList(
  step: Step,
  level: number,
  args: StepArguments,
  scope: RunScope,
  runItem: RunForItem,
): Promise<ValuesByName> {
  const names = liftedNames(step, level);
  const count = commonLength(args, names);
  const { run, item } = scope;
  const tally = item === undefined ? createTally(scope.emit, run.now, count) : undefined;
  const emit = tally === undefined ? scope.emit : tally.emit;
  const results = await forEachIndex(count, run.concurrency, async (index) => {
    const inner = { run, emit, item: itemOf(item, index, count) };
    try {
      return await runItem(argumentsAt(args, names, index), inner);
    } catch (thrown) {
      throw recordFailure(thrown, step.nodeId, inner);
    }
  }).catch((thrown: unknown) => {
    tally?.close();
    throw thrown;
  });
  const outputs = joinOutputs(step, level, results);
  // For a subgraph, the nodes inside emit the events.
  const isSubgraph = isStepGraph(step.task);
  tally?.close(isSubgraph ? undefined : new Map([[step.nodeId, factsOf(outputs)]]));
  return outputs;
}

/** Facts of a mapped step: the digests of its lists, and one key for all items together. */
function factsOf(outputs: ValuesByName): ResultFacts {
  const digests = mapValues(outputs, ({ hash }) => hash);
  return { digests, key: digest(Object.entries(digests).flat()) };
}
