import { digest } from "../cache/content-key.ts";
import { EngineError } from "../errors.ts";
import { inContainer } from "../graph/port-type.ts";
import type { RunItem } from "../node/run-context.ts";
import type { ResultFacts } from "../protocol/run-event.ts";
import { recordFailure, type Scope } from "./running.ts";
import { isStepGraph, type Step } from "./step.ts";
import { createTally } from "./tally.ts";
import { itemsOf, listValue, type Value, type ValuesByName } from "./value.ts";

/** What a step is given: values of its inputs, and of the params that links feed. */
export interface Given {
  readonly inputs: ValuesByName;
  readonly params: ValuesByName;
}

/** Runs a step for one item. */
export type RunItemOf = (given: Given, scope: Scope) => Promise<ValuesByName>;

/** The names of a step's inputs and params that are taken apart at a level. */
export function liftedNames({ lifts }: Step, level: number): string[] {
  return Object.keys(lifts).filter((name) => (lifts[name] ?? 0) > level);
}

export function givenValue({ inputs, params }: Given, name: string): Value | undefined {
  return inputs[name] ?? params[name];
}

/** The same with some values replaced. */
export function withItems({ inputs, params }: Given, items: ReadonlyMap<string, Value>): Given {
  const replaced = (values: ValuesByName): ValuesByName =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, items.get(name) ?? value]),
    );
  return { inputs: replaced(inputs), params: replaced(params) };
}

export function lengthError(one: string, size: number, other: string, count: number): EngineError {
  return new EngineError("list.length", `"${one}" has ${size} items and "${other}" has ${count}`, {
    at: { path: `inputs.${other}` },
    hint: "what is walked together must be equally long; a single value goes with every item.",
  });
}

export function itemOf(outer: RunItem | undefined, index: number, count?: number): RunItem {
  const label = outer === undefined ? `${index}` : `${outer.label}-${index}`;
  return { index, label, ...(count === undefined ? {} : { count }) };
}

/** How many items the lists have that are walked together. Throws: `list.length`. */
function countOf(given: Given, names: readonly string[]): number {
  const [first = "", ...others] = names.filter((name) => givenValue(given, name) !== undefined);
  const sizeOf = (name: string): number => {
    const value = givenValue(given, name);
    return value === undefined ? 0 : itemsOf(value).length;
  };
  const count = sizeOf(first);
  for (const name of others) {
    if (sizeOf(name) !== count) throw lengthError(first, count, name, sizeOf(name));
  }
  return count;
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

/** What the runs of all items gave, output by output as lists. Throws: `node.bad-output`. */
function together(step: Step, level: number, results: readonly ValuesByName[]): ValuesByName {
  const inner = step.levels.slice(level + 1).toReversed();
  const outputs: Record<string, Value> = {};
  for (const [name, own = "T"] of Object.entries(step.own)) {
    const items = results.flatMap((result) => result[name] ?? []);
    const type = inner.reduce((element, container) => inContainer(container, element), own);
    if (items.length === results.length) {
      outputs[name] = listValue(items, items[0]?.portType ?? type);
    } else if (items.length > 0) {
      throw new EngineError("node.bad-output", `"${name}" was given for some items only`, {
        hint: "items with and without it cannot stand in one list; split the list before.",
      });
    }
  }
  return outputs;
}

/** Runs a step for each item of the lists it is mapped over; gives lists. Throws: `list.length`. */
export async function mapList(
  step: Step,
  level: number,
  given: Given,
  scope: Scope,
  runItem: RunItemOf,
): Promise<ValuesByName> {
  const names = liftedNames(step, level);
  const count = countOf(given, names);
  const { run, item } = scope;
  const tally = item === undefined ? createTally(scope.emit, run.now, count) : undefined;
  const emit = tally === undefined ? scope.emit : tally.emit;
  const results = await forEachIndex(count, run.concurrency, async (index) => {
    const items = new Map<string, Value>();
    for (const name of names) {
      const list = givenValue(given, name);
      const value = list && itemsOf(list)[index];
      if (value !== undefined) items.set(name, value);
    }
    const inner = { run, emit, item: itemOf(item, index, count) };
    try {
      return await runItem(withItems(given, items), inner);
    } catch (thrown) {
      throw recordFailure(thrown, step.nodeId, inner);
    }
  }).catch((thrown: unknown) => {
    tally?.close();
    throw thrown;
  });
  const outputs = together(step, level, results);
  // What stands for a graph is told of by the nodes inside.
  const isWhole = isStepGraph(step.task);
  tally?.close(isWhole ? undefined : new Map([[step.nodeId, factsOf(outputs)]]));
  return outputs;
}

/** The digests of lists; each item has a key of its own, and all together have theirs. */
function factsOf(outputs: ValuesByName): ResultFacts {
  const hashes = Object.entries(outputs).map(([name, { hash }]) => [name, hash] as const);
  return { digests: Object.fromEntries(hashes), key: digest(hashes.flat()) };
}
