import type { Step } from "../plan/step.ts";
import {
  argumentOf,
  itemOf,
  lengthError,
  liftedNames,
  type RunForItem,
  type StepArguments,
  withItems,
} from "./map-items.ts";
import { type RunScope, recordFailure } from "./run-state.ts";
import { createTally } from "./tally.ts";
import {
  isStreamValue,
  type OpenedStream,
  openItems,
  type Value,
  type ValuesByName,
} from "./value.ts";

/** A step that is mapped over streams, with its arguments. */
export interface Stage {
  readonly step: Step;
  readonly args: StepArguments;
  readonly scope: RunScope;
  readonly runItem: RunForItem;
  /** Whether a walk emits this step's events already; later walks are silent. */
  hasEmitted: boolean;
}

/** Connected stages, sources first, and the containers that feed them. */
interface Pipeline {
  readonly stages: readonly Stage[];
  /** Lists and streams from outside, each with the name of an input for messages. */
  readonly roots: ReadonlyMap<Value, string>;
}

function stageOf(value: Value): Stage | undefined {
  return isStreamValue(value) ? (value.mapped?.stage as Stage | undefined) : undefined;
}

/** The containers that a stage is mapped over, by argument name. */
function mappedArguments({ step, args }: Stage): [string, Value][] {
  return liftedNames(step, 0).flatMap((name): [string, Value][] => {
    const value = argumentOf(args, name);
    return value === undefined ? [] : [[name, value]];
  });
}

/** Every stage that runs for each item of `last`. */
function pipelineTo(last: Stage): Pipeline {
  const stages: Stage[] = [];
  const roots = new Map<Value, string>();
  const entered = new Set<Stage>();
  const stack = [{ stage: last, isLeaving: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { stage, isLeaving } = top;
    if (isLeaving) stages.push(stage);
    if (isLeaving || entered.has(stage)) continue;
    entered.add(stage);
    stack.push({ stage, isLeaving: true });
    for (const [name, value] of mappedArguments(stage)) {
      const source = stageOf(value);
      if (source !== undefined) stack.push({ stage: source, isLeaving: false });
      else if (!roots.has(value)) roots.set(value, name);
    }
  }
  return { stages, roots };
}

/** Runs all stages of a pipeline for one item of each root. */
async function runPipeline(
  { stages }: Pipeline,
  items: ReadonlyMap<Value, Value>,
  scopes: ReadonlyMap<Stage, RunScope>,
  runItem: RunScope["item"],
): Promise<Map<Stage, ValuesByName>> {
  const results = new Map<Stage, ValuesByName>();
  for (const stage of stages) {
    const current = new Map<string, Value>();
    for (const [name, value] of mappedArguments(stage)) {
      const source = stageOf(value);
      const output = isStreamValue(value) ? (value.mapped?.output ?? "") : "";
      const item = source === undefined ? items.get(value) : results.get(source)?.[output];
      if (item !== undefined) current.set(name, item);
    }
    const outer = scopes.get(stage) ?? stage.scope;
    const scope: RunScope = runItem === undefined ? outer : { ...outer, item: runItem };
    try {
      results.set(stage, await stage.runItem(withItems(stage.args, current), scope));
    } catch (thrown) {
      throw recordFailure(thrown, stage.step.nodeId, scope);
    }
  }
  return results;
}

interface OpenedRoot extends OpenedStream {
  readonly value: Value;
  readonly name: string;
}

/** The next item of every root, or undefined when all have ended. Throws: `list.length`. */
async function nextItems(roots: readonly OpenedRoot[], index: number) {
  const steps = await Promise.all(roots.map(({ items }) => items.next()));
  const found = new Map<Value, Value>();
  for (const [at, step] of steps.entries()) {
    const root = roots[at];
    if (root !== undefined && !step.done) found.set(root.value, step.value);
  }
  if (found.size === 0) return undefined;
  const ended = roots.find(({ value }) => !found.has(value));
  const other = roots.find(({ value }) => found.has(value));
  if (ended === undefined || other === undefined) return found;
  throw lengthError(ended.name, index, other.name, index + 1);
}

/** Items of a pipeline in order; at most `concurrency` are made ahead. */
async function* walk(
  last: Stage,
  pipeline: Pipeline,
  roots: readonly OpenedRoot[],
  length: number | undefined,
): AsyncGenerator<ValuesByName, void> {
  const { run } = last.scope;
  const tallies = new Map(
    pipeline.stages.map((stage) => {
      const emit = stage.hasEmitted ? undefined : stage.scope.emit;
      stage.hasEmitted = true;
      return [stage, createTally(emit, run.now, length)] as const;
    }),
  );
  const scopes = new Map(
    pipeline.stages.map((stage) => {
      return [stage, { ...stage.scope, emit: tallies.get(stage)?.emit }] as const;
    }),
  );
  const ahead: Promise<Map<Stage, ValuesByName>>[] = [];
  let index = 0;
  let isAtEnd = false;
  try {
    for (;;) {
      while (!isAtEnd && ahead.length < run.concurrency) {
        run.signal.throwIfAborted();
        const items = await nextItems(roots, index);
        isAtEnd = items === undefined;
        if (items === undefined) break;
        const item = itemOf(last.scope.item, index, length);
        const results = runPipeline(pipeline, items, scopes, item);
        // Awaited below; this prevents an unhandled rejection.
        results.catch(() => {});
        ahead.push(results);
        index++;
      }
      const first = ahead.shift();
      if (first === undefined) return;
      yield (await first).get(last) ?? {};
    }
  } finally {
    await Promise.allSettled(ahead);
    await Promise.allSettled(roots.map(({ items }) => items.return()));
    for (const tally of tallies.values()) tally.close();
  }
}

/** The outputs of a stage, item by item. */
export interface OpenedWalk {
  readonly length?: number;
  readonly items: AsyncGenerator<ValuesByName, void>;
}

/** Runs a stage and every stage before it, item by item. Throws: `list.length`. */
export async function openWalk(last: Stage): Promise<OpenedWalk> {
  const pipeline = pipelineTo(last);
  const roots: OpenedRoot[] = [];
  for (const [value, name] of pipeline.roots) {
    roots.push({ ...(await openItems(value)), value, name });
  }
  const known = roots.filter(({ length }) => length !== undefined);
  const [one, ...others] = known;
  const length = one?.length;
  const different = others.find((root) => root.length !== length);
  if (one !== undefined && different !== undefined) {
    throw lengthError(one.name, length ?? 0, different.name, different.length ?? 0);
  }
  const items = walk(last, pipeline, roots, length);
  return { ...(length === undefined ? {} : { length }), items };
}
