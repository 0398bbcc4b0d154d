import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stdout } from "node:process";
import {
  type DatasetSource,
  type Fields,
  openDataset,
  openWholeDataset,
  type WholeDataset,
} from "@insightgraph/editing/datasets";
import { type ItemReport, openSqliteBatchStore, runBatch } from "@insightgraph/engine/batches";
import { toSentence } from "@insightgraph/engine/errors";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { exitCodes } from "../../exit-codes.ts";
import { runtimeOf } from "../../manifest/make-manifest.ts";
import { usageError } from "../../parse-arguments.ts";
import { loadRow } from "../collect-rows.ts";
import { picturesOf } from "../item-file.ts";
import { inputsFolder, itemsFolder, type KeptResult, type SourceItem } from "../item-runs.ts";
import { openMakings, tellDifferences } from "./makings.ts";
import { readRunFile } from "./run-file.ts";
import { changesOf } from "./same-records.ts";
import { type MadeItem, sampleItems } from "./sample-items.ts";

/** How items of a data set are made again. */
export interface DatasetReplay {
  readonly host: ExecutionHost;
  /** Most items, drawn at random. */
  readonly sample: number;
  /** Digest of the node types from outside the pack. */
  readonly nodes: string | undefined;
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/** What an item gives now. */
interface ItemChange {
  readonly key: string;
  /** Fields that differ. */
  readonly fields?: readonly string[];
  /** Why it cannot be made. */
  readonly failure?: string;
}

/** The items of a source that are wanted; the rest of it is not read. */
async function* wantedItems(
  source: DatasetSource,
  wanted: ReadonlyMap<string, unknown>,
): AsyncGenerator<SourceItem> {
  let left = wanted.size;
  for await (const item of source.items()) {
    if (!wanted.has(item.key)) continue;
    yield { key: item.key, fingerprint: "", item };
    left -= 1;
    if (left === 0) return;
  }
}

function changeText({ key, fields, failure }: ItemChange): string {
  return `${key}: ${failure ?? `different: ${fields?.join(", ")}`}\n`;
}

/** The records that an item gave, with their pictures. @param folder Of the files of all items */
async function recordsIn({ rows, file }: KeptResult, folder: string): Promise<readonly Fields[]> {
  const pictures = await picturesOf(rows, path.join(folder, file));
  return rows.map((row) => loadRow(row, pictures));
}

/** Makes items again that were drawn, and compares. @returns those that are not as they were */
async function remake(
  sink: string,
  dataset: WholeDataset,
  drawn: ReadonlyMap<string, MadeItem>,
  { host, nodes, signal }: DatasetReplay,
  folder: string,
): Promise<readonly ItemChange[]> {
  const places = await readRunFile(sink);
  const source = await openDataset(places.source, places.mapping);
  const makings = await openMakings(drawn.values(), sink, host, folder);
  tellDifferences(makings.values(), await runtimeOf(await host.facts(), nodes));
  const missing = new Set(drawn.keys());
  const changes: ItemChange[] = [];
  const of = (key: string) => {
    const item = drawn.get(key);
    const making = makings.get(item?.made ?? "");
    if (item === undefined || making === undefined) throw new RangeError(`${key} was not drawn`);
    return { item, making };
  };
  const report = async (event: ItemReport): Promise<void> => {
    if (event.type === "items-settled") return;
    missing.delete(event.key);
    if (event.type === "item-failed") {
      changes.push({ key: event.key, failure: toSentence(event.error) });
    }
    if (event.type === "item-done") {
      const { item, making } = of(event.key);
      const now = await recordsIn(event.result.result as unknown as KeptResult, folder);
      const before = await Promise.all(item.addresses.map((address) => dataset.loadAt(address)));
      const fields = changesOf(before, now, making.fields);
      if (fields.length > 0) changes.push({ key: event.key, fields });
    }
  };
  const store = await openSqliteBatchStore(":memory:");
  try {
    await runBatch({
      ...{ store, hosts: [host], items: wantedItems(source, drawn), report, signal },
      prepare: (item, attempt) => of(item.key).making.prepare(item, attempt),
      now: Date.now,
    });
  } finally {
    await store.close();
  }
  const gone = Array.from(missing, (key) => ({ key, failure: "it is not in the source any more" }));
  return [...changes, ...gone];
}

/** Makes items of a data set again and compares their records. @returns the exit code. Throws: `manifest.shape`, `dataset.unreadable`, `command.usage`. */
export async function replayDataset(sink: string, options: DatasetReplay): Promise<number> {
  const dataset = await openWholeDataset(sink);
  const drawn = new Map(
    (await sampleItems(dataset, options.sample)).map((item) => [item.key, item]),
  );
  const { size } = drawn;
  if (size === 0) throw usageError("the data set has no records", "Give another one.");
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-replay-"));
  try {
    for (const name of [itemsFolder, inputsFolder]) await mkdir(path.join(folder, name));
    const changes = await remake(sink, dataset, drawn, options, folder);
    if (options.signal.aborted) return exitCodes.interrupted;
    if (options.isJson) stdout.write(`${JSON.stringify({ items: size, changes }, null, 2)}\n`);
    else {
      for (const change of changes) stdout.write(changeText(change));
      stdout.write(`${size - changes.length} of ${size} items are the same\n`);
    }
    return changes.length === 0 ? exitCodes.done : exitCodes.failed;
  } finally {
    await rm(folder, { recursive: true });
  }
}
