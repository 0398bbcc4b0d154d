import { digest } from "../cache/content-key.ts";
import type { StoredValue } from "../cache/store.ts";
import { containerOf, elementOf, inContainer } from "../graph/port-type.ts";

interface Known {
  /** Content hash; of a stream, the hash of how it is made. */
  readonly hash: string;
  readonly portType: string;
}

/** A value that is made only when someone needs it; its hash is known before. */
export interface Deferred extends Known {
  demand(): Promise<unknown>;
}

/** Values that are made one after the other, anew each time it is opened. */
export interface OpenedStream {
  /** How many there will be, where that is known. */
  readonly length?: number;
  readonly items: AsyncGenerator<Value, void>;
}

export interface StreamValue extends Known {
  open(): Promise<OpenedStream>;
  /** For one that a node is mapped over: the node's run, and which of its outputs this is. */
  readonly mapped?: { readonly maker: object; readonly output: string };
}

/** What flows along a link at run time; the value of a list is an array of these. */
export type Value = StoredValue | Deferred | StreamValue;

export type ValuesByName = Readonly<Record<string, Value>>;

export function isStreamValue(value: Value): value is StreamValue {
  return "open" in value;
}

export function isDeferred(value: Value): value is Deferred {
  return "demand" in value;
}

export function listValue(items: readonly Value[], element: string): StoredValue {
  const portType = inContainer("list", element);
  return { value: items, hash: digest([portType, ...items.map(({ hash }) => hash)]), portType };
}

/** The items of a list. */
export function itemsOf(list: Value): readonly Value[] {
  return "value" in list ? (list.value as readonly Value[]) : [];
}

async function* listItems(list: Value): AsyncGenerator<Value, void> {
  yield* itemsOf(list);
}

/** Begins to take the items of a list or a stream. */
export async function openItems(value: Value): Promise<OpenedStream> {
  if (isStreamValue(value)) return value.open();
  return { length: itemsOf(value).length, items: listItems(value) };
}

/** A stream as nodes see it: plain values; taken from a second time, it is opened anew. */
async function plainStream(value: Value, wanted: string): Promise<object> {
  const first = await openItems(value);
  const element = elementOf(wanted);
  let isTaken = false;
  return {
    ...(first.length === undefined ? {} : { length: first.length }),
    async *[Symbol.asyncIterator]() {
      const { items } = isTaken ? await openItems(value) : first;
      isTaken = true;
      for await (const item of items) yield await toPlain(item, element);
    },
  };
}

/**
 * A value as nodes see it: lists as arrays, streams as async iterables, all others as they are.
 * @param wanted The type of the port that takes it; a port for streams sees a list as one.
 */
export function toPlain(value: Value, wanted: string = value.portType): unknown {
  if (isDeferred(value)) return value.demand();
  if (isStreamValue(value) || containerOf(wanted) === "stream") {
    return plainStream(value, containerOf(wanted) === "stream" ? wanted : value.portType);
  }
  if (containerOf(value.portType) !== "list") return value.value;
  return Promise.all(itemsOf(value).map((item) => toPlain(item)));
}
