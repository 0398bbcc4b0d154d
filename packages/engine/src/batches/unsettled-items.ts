import type { BatchItem } from "./batch-item.ts";
import type { BatchOptions } from "./batch-options.ts";

/** How many items are looked up together. */
const chunkSize = 16;

/** Items of the source with something left to do; at most one chunk of them is in memory. */
export async function* unsettledItems<Item extends BatchItem>({
  items,
  store,
  retriesFailed = false,
  report = () => {},
}: Pick<BatchOptions<Item>, "items" | "store" | "retriesFailed" | "report">): AsyncGenerator<
  Item,
  void
> {
  const select = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const settled = await store.settled(chunk, retriesFailed);
    if (settled.size > 0) await report({ type: "items-settled", count: settled.size });
    return chunk.filter(({ key }) => !settled.has(key));
  };
  let chunk: Item[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < chunkSize) continue;
    yield* await select(chunk);
    chunk = [];
  }
  yield* await select(chunk);
}
