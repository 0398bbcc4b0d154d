import { containerOf } from "../graph/port-type.ts";
import { isStreamValue, itemsOf, toPlain, type Value } from "./value.ts";

/** Makes of a plain value what is kept of it. */
export type KeepValue = (value: unknown, portType: string) => unknown;

/** What is kept of a value: of lists and streams an array, of streams made item by item. */
export async function keptOf(value: Value, keep: KeepValue): Promise<unknown> {
  if (isStreamValue(value)) {
    const kept: unknown[] = [];
    for await (const item of (await value.open()).items) kept.push(await keptOf(item, keep));
    return kept;
  }
  if (containerOf(value.portType) === "list") {
    return Promise.all(itemsOf(value).map((item) => keptOf(item, keep)));
  }
  return keep(await toPlain(value), value.portType);
}
