import {
  type Given,
  givenValue,
  itemOf,
  lengthError,
  liftedNames,
  type RunItemOf,
  withItems,
} from "./map-items.ts";
import { recordFailure, type Scope } from "./running.ts";
import type { Step } from "./step.ts";
import { createTally } from "./tally.ts";
import {
  isStreamValue,
  type OpenedStream,
  openItems,
  type Value,
  type ValuesByName,
} from "./value.ts";

/** A step that is mapped over streams, with all that it is given. */
export interface Maker {
  readonly step: Step;
  readonly given: Given;
  readonly scope: Scope;
  readonly runItem: RunItemOf;
  /** Whether some passage through the streams tells of this step already. */
  isTold: boolean;
}

/** Makers that hang together, sources first, and the values from outside that they walk along. */
interface Passage {
  readonly makers: readonly Maker[];
  /** Lists and streams, each with a name to speak of. */
  readonly roots: ReadonlyMap<Value, string>;
}

function makerOf(value: Value): Maker | undefined {
  return isStreamValue(value) ? (value.mapped?.maker as Maker | undefined) : undefined;
}

function walked({ step, given }: Maker): [string, Value][] {
  return liftedNames(step, 0).flatMap((name): [string, Value][] => {
    const value = givenValue(given, name);
    return value === undefined ? [] : [[name, value]];
  });
}

/** All that must be run for each item to give what `last` gives. */
function passageTo(last: Maker): Passage {
  const makers: Maker[] = [];
  const roots = new Map<Value, string>();
  const entered = new Set<Maker>();
  const stack = [{ maker: last, isLeaving: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { maker, isLeaving } = top;
    if (isLeaving) makers.push(maker);
    if (isLeaving || entered.has(maker)) continue;
    entered.add(maker);
    stack.push({ maker, isLeaving: true });
    for (const [name, value] of walked(maker)) {
      const source = makerOf(value);
      if (source !== undefined) stack.push({ maker: source, isLeaving: false });
      else if (!roots.has(value)) roots.set(value, name);
    }
  }
  return { makers, roots };
}

/** Runs all makers of a passage for one item of each root. */
async function runPassage(
  { makers }: Passage,
  items: ReadonlyMap<Value, Value>,
  scopes: ReadonlyMap<Maker, Scope>,
  place: Scope["item"],
): Promise<Map<Maker, ValuesByName>> {
  const made = new Map<Maker, ValuesByName>();
  for (const maker of makers) {
    const mine = new Map<string, Value>();
    for (const [name, value] of walked(maker)) {
      const source = makerOf(value);
      const output = isStreamValue(value) ? (value.mapped?.output ?? "") : "";
      const item = source === undefined ? items.get(value) : made.get(source)?.[output];
      if (item !== undefined) mine.set(name, item);
    }
    const outer = scopes.get(maker) ?? maker.scope;
    const scope: Scope = { ...outer, ...(place === undefined ? {} : { item: place }) };
    try {
      made.set(maker, await maker.runItem(withItems(maker.given, mine), scope));
    } catch (thrown) {
      throw recordFailure(thrown, maker.step.nodeId, scope);
    }
  }
  return made;
}

interface OpenedRoot extends OpenedStream {
  readonly value: Value;
  readonly name: string;
}

/** The next item of every root, or undefined when all are at their end. Throws: `list.length`. */
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

/** The items of a passage in order; a few are made ahead, never more. */
async function* walk(
  last: Maker,
  passage: Passage,
  roots: readonly OpenedRoot[],
  length: number | undefined,
): AsyncGenerator<ValuesByName, void> {
  const { run } = last.scope;
  const tallies = new Map(
    passage.makers.map((maker) => {
      const emit = maker.isTold ? undefined : maker.scope.emit;
      maker.isTold = true;
      return [maker, createTally(emit, run.now, length)] as const;
    }),
  );
  const scopes = new Map(
    passage.makers.map((maker) => {
      return [maker, { ...maker.scope, emit: tallies.get(maker)?.emit }] as const;
    }),
  );
  const ahead: Promise<Map<Maker, ValuesByName>>[] = [];
  let index = 0;
  let isAtEnd = false;
  try {
    for (;;) {
      while (!isAtEnd && ahead.length < run.concurrency) {
        run.signal.throwIfAborted();
        const items = await nextItems(roots, index);
        isAtEnd = items === undefined;
        if (items === undefined) break;
        const place = itemOf(last.scope.item, index, length);
        const making = runPassage(passage, items, scopes, place);
        // It is awaited in its turn; until then a failure is nobody's.
        making.catch(() => {});
        ahead.push(making);
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

export interface OpenedWalk {
  readonly length?: number;
  readonly items: AsyncGenerator<ValuesByName, void>;
}

/** Begins to run a maker, and all makers before it, item by item. Throws: `list.length`. */
export async function openWalk(last: Maker): Promise<OpenedWalk> {
  const passage = passageTo(last);
  const roots: OpenedRoot[] = [];
  for (const [value, name] of passage.roots) {
    roots.push({ ...(await openItems(value)), value, name });
  }
  const known = roots.filter(({ length }) => length !== undefined);
  const [one, ...others] = known;
  const length = one?.length;
  const odd = others.find((root) => root.length !== length);
  if (one !== undefined && odd !== undefined) {
    throw lengthError(one.name, length ?? 0, odd.name, odd.length ?? 0);
  }
  const items = walk(last, passage, roots, length);
  return { ...(length === undefined ? {} : { length }), items };
}
