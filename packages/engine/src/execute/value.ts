import { digest } from "../cache/content-key.ts";
import type { StoredValue } from "../cache/store.ts";
import { containerOf, elementOf, inContainer } from "../graph/port-type.ts";

interface HashedValue {
  /** Content hash; for a stream, the hash of the steps that produce it. */
  readonly hash: string;
  readonly portType: string;
}

/** A value computed on first use; its hash is known before. */
export interface LazyValue extends HashedValue {
  force(): Promise<unknown>;
}

/** The items of a list or a stream, one after the other. */
export interface OpenedStream {
  /** The number of items, where it is known. */
  readonly length?: number;
  readonly items: AsyncGenerator<Value, void>;
}

/** A stream: its items are made anew each time it is opened. */
export interface StreamValue extends HashedValue {
  open(): Promise<OpenedStream>;
  /** For an output of a step mapped over streams: the stage that produces it, and its name there. */
  readonly mapped?: { readonly stage: object; readonly output: string };
}

/** What flows along a link at run time; the value of a list is an array of these. */
export type Value = StoredValue | LazyValue | StreamValue;

/** Values by the name of an input or output. */
export type ValuesByName = Readonly<Record<string, Value>>;

/** Whether a value is a stream. */
export function isStreamValue(value: Value): value is StreamValue {
  return "open" in value;
}

function isLazyValue(value: Value): value is LazyValue {
  return "force" in value;
}

/** A list as a value, hashed from its items. */
export function listValue(items: readonly Value[], element: string): StoredValue {
  const portType = inContainer("list", element);
  return { value: items, hash: digest([portType, ...items.map(({ hash }) => hash)]), portType };
}

/** The items of a list; empty for other values. */
export function itemsOf(list: Value): readonly Value[] {
  return "value" in list ? (list.value as readonly Value[]) : [];
}

async function* listItems(list: Value): AsyncGenerator<Value, void> {
  yield* itemsOf(list);
}

/** Opens a list or a stream for reading. */
export async function openItems(value: Value): Promise<OpenedStream> {
  if (isStreamValue(value)) return value.open();
  return { length: itemsOf(value).length, items: listItems(value) };
}

/** A stream as nodes see it: plain values; iterating a second time opens it anew. */
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
 * @param wanted The type of the port that receives it; a stream port sees a list as a stream.
 */
export function toPlain(value: Value, wanted: string = value.portType): unknown {
  if (isLazyValue(value)) return value.force();
  if (isStreamValue(value) || containerOf(wanted) === "stream") {
    return plainStream(value, containerOf(wanted) === "stream" ? wanted : value.portType);
  }
  if (containerOf(value.portType) !== "list") return value.value;
  return Promise.all(itemsOf(value).map((item) => toPlain(item)));
}
