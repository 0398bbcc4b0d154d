import { mkdir } from "node:fs/promises";
import path from "node:path";
import {
  type Field,
  hiddenFolder,
  type OpenedDataset,
  openDatasetFolder,
  shardFormat,
} from "@insightgraph/editing/datasets";
import {
  type BatchStore,
  type ItemReport,
  openSqliteBatchStore,
  runBatch,
} from "@insightgraph/engine/batches";
import { EngineError } from "@insightgraph/engine/errors";
import type { Json, NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { checkFirst } from "./check-first.ts";
import { createItemRuns, inputsFolder, itemsFolder } from "./item-runs.ts";
import { itemsFile } from "./items-file.ts";
import { joinParts } from "./join-parts.ts";
import { type OutputField, reasonOutput, verdictOutput } from "./output-fields.ts";
import { beginPart, completePart, missingParts, partFolder } from "./parts.ts";
import type { RunOrigin } from "./provenance.ts";
import { readRunFile, writeRunFile } from "./replay/run-file.ts";
import { isThere, requireEmpty } from "./require-empty.ts";
import { createShardQueue, removeLeftovers, type ShardQueue } from "./shard-queue.ts";
import { type SourcePart, sourceItems } from "./source-items.ts";
import { datasetKind } from "./tasks/dataset-tasks.ts";
import { runTasks, type Workers } from "./tasks/run-tasks.ts";

/** A graph to run over a data set. */
export interface DatasetRun {
  readonly origin: RunOrigin;
  readonly catalogue: NodeCatalogue;
  readonly source: OpenedDataset;
  /** Where that lies: a path, or `seeds:N`. */
  readonly place: string;
  /** Where the data set is written. */
  readonly sink: string;
  /** Where relative paths in the graph start. */
  readonly from: string;
  /** Name of the format of its shards. */
  readonly format: string;
  readonly hosts: readonly ExecutionHost[];
  /** Who computes the items; the hosts then only check the graph. @default the hosts */
  readonly workers?: Workers;
  readonly shardBytes: number;
  /** Most items that are taken from the source. @default all */
  readonly limit?: number;
  /** @default all of the source */
  readonly part?: SourcePart;
  /** Whether to go on with what the sink has. */
  readonly isResuming: boolean;
  readonly retriesFailed: boolean;
  readonly signal: AbortSignal;
  report(report: ItemReport): void;
}

/** How items are kept until they are in a shard; a run does not go on with those of another version. */
const itemLayout = 2;
const verdicts: ReadonlySet<string> = new Set([verdictOutput, reasonOutput]);

/** The columns of the data set that a run writes. */
function schemaOf(fields: readonly OutputField[]): readonly Field[] {
  const own = fields.filter(({ name }) => !verdicts.has(name));
  return [...own.map(({ name, kind }) => ({ name, kind })), { name: "provenance", kind: "text" }];
}

function existing(sink: string): EngineError {
  return new EngineError("command.usage", `"${sink}" holds a run already`, {
    hint: "Add --resume to go on with it, or choose another --sink.",
  });
}

/** Checks that a run goes on with the data set that it began, and says what it is. */
async function claimSink(
  store: BatchStore,
  { sink, isResuming, format, origin }: DatasetRun,
): Promise<void> {
  const description = {
    format,
    fields: schemaOf(origin.fields),
    items: itemLayout,
  } as unknown as Json;
  const before = await store.description();
  if (before !== undefined && !isResuming) throw existing(sink);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(description)) {
    throw new EngineError(
      "command.usage",
      `"${sink}" holds records with other fields, of another format, or of an earlier version`,
      {
        hint: "Choose another --sink: all records of a data set have the same fields.",
      },
    );
  }
  await store.describe(description);
}

/** What came of a run. */
export interface DatasetOutcome {
  readonly store: BatchStore;
  readonly isComplete: boolean;
}

type Summarize = (outcome: DatasetOutcome) => Promise<void>;

/** Throws: `command.usage` where a folder holds files, and no run wrote them. */
async function requireOwn(sink: string, hidden: string): Promise<void> {
  const isOwn = async (): Promise<boolean> =>
    (await isThere(path.join(hidden, itemsFile))) ||
    readRunFile(sink).then(
      () => true,
      () => false,
    );
  if (await isOwn()) return;
  await requireEmpty(sink).catch(async (thrown: unknown) => {
    // Of two parts that end together, the other one may have begun to write the data set meanwhile.
    if (!(await isOwn())) throw thrown;
  });
}

/** Opens the items that lie in a folder of hidden files, and makes what is missing there. */
async function openItems(hidden: string, run: DatasetRun): Promise<BatchStore> {
  await requireOwn(run.sink, hidden);
  for (const name of [itemsFolder, inputsFolder]) {
    await mkdir(path.join(hidden, name), { recursive: true });
  }
  const store = await openSqliteBatchStore(path.join(hidden, itemsFile));
  try {
    await claimSink(store, run);
    const { sink, place, source, from } = run;
    await writeRunFile(sink, { source: place, mapping: source.mapping, folder: from });
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
  return store;
}

/** Opens the queue that turns a run's items into shards, and completes what an earlier process began. */
async function openQueue(
  store: BatchStore,
  { origin, sink, format, shardBytes }: DatasetRun,
): Promise<ShardQueue> {
  const { fields, graph } = origin;
  const dataset = await openDatasetFolder(sink, shardFormat(format), schemaOf(fields));
  const queue = createShardQueue({
    ...{ store, dataset, fields, folder: path.join(sink, hiddenFolder), shardBytes },
    verdictNode: graph.outputs?.[verdictOutput]?.node,
  });
  await queue.recover();
  return queue;
}

/** Runs the graph for every item with something left to do. @param onDone Learns how much room a finished item takes. */
async function runItems(
  run: DatasetRun,
  store: BatchStore,
  folder: string,
  onDone: (sizeBytes: number) => Promise<void>,
): Promise<void> {
  const { origin, catalogue, source, hosts, workers, retriesFailed, signal } = run;
  const prepare = createItemRuns({ origin, catalogue, folder });
  const [first] = hosts;
  if (first !== undefined) await checkFirst(source, prepare, first);
  const items = sourceItems(run, run.part);
  const report = async (event: ItemReport): Promise<void> => {
    run.report(event);
    if (event.type === "item-done") await onDone(event.result.sizeBytes ?? 0);
  };
  const batch = { store, items, report, retriesFailed, signal };
  if (workers === undefined) await runBatch({ ...batch, hosts, prepare, now: Date.now });
  else {
    const kind = datasetKind({ origin, catalogue, from: run.from, folder });
    await runTasks({ ...batch, workers, kind, catalogue, folder });
  }
}

async function runWhole(run: DatasetRun, summarize: Summarize): Promise<void> {
  const hidden = path.join(run.sink, hiddenFolder);
  const store = await openItems(hidden, run);
  try {
    const queue = await openQueue(store, run);
    await runItems(run, store, hidden, queue.add);
    const isComplete = !run.signal.aborted;
    await queue.finish(isComplete);
    await summarize({ store, isComplete });
  } finally {
    await store.close();
  }
}

/** Runs a part of the source; its results wait for those of the others. */
async function runPart(run: DatasetRun, part: SourcePart): Promise<void> {
  const hidden = path.join(run.sink, hiddenFolder, partFolder(part));
  await beginPart(run.sink, part);
  const store = await openItems(hidden, run);
  try {
    await removeLeftovers(store, hidden);
    await runItems(run, store, hidden, async () => {});
  } finally {
    await store.close();
  }
  if (!run.signal.aborted) await completePart(run.sink, part);
}

/** Makes the data set of complete parts. Another process may be at it, or a part at work again: then that one ends it. */
async function joinWhole(run: DatasetRun, count: number, summarize: Summarize): Promise<void> {
  const hidden = path.join(run.sink, hiddenFolder);
  try {
    const store = await openItems(hidden, { ...run, isResuming: true });
    try {
      const queue = await openQueue(store, run);
      await joinParts(run, { sink: run.sink, count }, store, queue);
      await queue.finish(true);
      await summarize({ store, isComplete: true });
    } finally {
      await store.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code !== "batch.locked") throw thrown;
  }
}

/**
 * Runs a graph for every item of a source and writes what it gives as a data set. With a `part`, the data set is
 * written by whichever part ends last.
 * @param summarize Looks at the items of the whole source before the store is closed.
 * @returns the numbers of the parts that are not complete
 * Throws: `command.usage`, `batch.locked`, `batch.unavailable`, and what the source throws as a whole.
 */
export async function runDataset(
  run: DatasetRun,
  summarize: Summarize,
): Promise<readonly number[]> {
  const { part, sink } = run;
  if (part === undefined) {
    await runWhole(run, summarize);
    return [];
  }
  await runPart(run, part);
  const missing = await missingParts(sink, part.count);
  if (missing.length === 0) await joinWhole(run, part.count, summarize);
  return missing;
}
