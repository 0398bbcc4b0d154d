import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type BrowsedDataset, openBrowsedDataset } from "./browsed-dataset.ts";

/** Data sets that stay open from one question to the next. */
export interface DatasetShelf {
  /** Asks the data set at an absolute place, which is not closed before the answer. */
  ask<T>(place: string, question: (dataset: BrowsedDataset) => T | Promise<T>): Promise<T>;
  closeAll(): Promise<void>;
}

/** An open data set and the questions to it that have no answer yet. */
interface Shelved {
  readonly opening: Promise<BrowsedDataset>;
  readonly asked: Set<Promise<unknown>>;
}

/** As many stay open; the one that was used longest ago is closed for another. */
const maxOpen = 4;

const listName = /^records-[\da-f-]{36}\.db/;

/** Removes the lists that a killed process left; the folder may be the user's. */
async function clearLists(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (listName.test(name)) await rm(path.join(folder, name), { force: true });
  }
}

/** Opens data sets when they are first asked. @param indexes Where the lists of their records lie meanwhile */
export function createShelf(indexes: string): DatasetShelf {
  const open = new Map<string, Shelved>();
  /** Data sets that wait for their last answers. */
  const closing = new Map<string, Promise<void>>();
  let cleared: Promise<void> | undefined;
  const openAt = async (place: string): Promise<BrowsedDataset> => {
    // Decisions that the one before still writes are read by the next one.
    await closing.get(place);
    cleared ??= clearLists(indexes);
    await cleared;
    return openBrowsedDataset(place, path.join(indexes, `records-${randomUUID()}.db`));
  };
  const closeShelved = async ({ opening }: Shelved): Promise<void> => {
    await (await opening.catch(() => undefined))?.close();
  };
  const close = (place: string): Promise<void> => {
    const shelved = open.get(place);
    if (shelved === undefined) return closing.get(place) ?? Promise.resolve();
    open.delete(place);
    const before = Promise.allSettled([closing.get(place), ...shelved.asked]);
    const closed = before
      .then(() => closeShelved(shelved))
      .finally(() => {
        if (closing.get(place) === closed) closing.delete(place);
      });
    closing.set(place, closed);
    return closed;
  };
  /** The data set at a place, as the one that was used last. */
  const take = (place: string): Shelved => {
    const shelved = open.get(place) ?? { opening: openAt(place), asked: new Set() };
    open.delete(place);
    open.set(place, shelved);
    shelved.opening.catch(() => {
      if (open.get(place) === shelved) open.delete(place);
    });
    const [oldest] = open.keys();
    // Nobody waits for it here; `closeAll` does, and who asks it next.
    if (open.size > maxOpen && oldest !== undefined) close(oldest).catch(() => {});
    return shelved;
  };
  /** @param isFresh Whether the data set was just opened, or may have changed since. */
  const ask = async <T>(
    place: string,
    question: (dataset: BrowsedDataset) => T | Promise<T>,
    isFresh = false,
  ): Promise<T> => {
    const shelved = take(place);
    const answer = shelved.opening.then(async (dataset) =>
      isFresh || (await dataset.isCurrent()) ? { value: await question(dataset) } : undefined,
    );
    shelved.asked.add(answer);
    const found = await answer.finally(() => shelved.asked.delete(answer));
    if (found !== undefined) return found.value;
    if (open.get(place) === shelved) await close(place);
    return ask(place, question, true);
  };
  return {
    ask: (place, question) => ask(place, question),
    async closeAll() {
      const shelved = [...open.values()];
      open.clear();
      // Who still asks gets no answer: a server that ends does not wait for a large set to be read.
      await Promise.all([...shelved.map(closeShelved), ...closing.values()]);
    },
  };
}
