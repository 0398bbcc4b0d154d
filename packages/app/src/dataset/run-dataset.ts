import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import {
  type DatasetItem,
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
import { createItemRuns, inputsFolder, itemsFolder, type SourceItem } from "./item-runs.ts";
import { type OutputField, reasonOutput, verdictOutput } from "./output-fields.ts";
import type { Binding } from "./plan-bindings.ts";
import { digestGraph, type RunOrigin } from "./provenance.ts";
import { isThere, requireEmpty } from "./require-empty.ts";
import { seedOf } from "./seed-of.ts";
import { createShardQueue } from "./shard-queue.ts";

/** Which part of a source a run takes: the items whose keys fall to part `index` of `count`. */
export interface SourcePart {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** A graph to run over a data set. */
export interface DatasetRun {
  readonly origin: RunOrigin;
  readonly catalogue: NodeCatalogue;
  readonly source: OpenedDataset;
  /** Where the data set is written. */
  readonly sink: string;
  /** Name of the format of its shards. */
  readonly format: string;
  readonly hosts: readonly ExecutionHost[];
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

/** The file with the state of every item, below the hidden folder. */
export const itemsFile = "items.db";

const verdicts: ReadonlySet<string> = new Set([verdictOutput, reasonOutput]);

/** The columns of the data set that a run writes. */
function schemaOf(fields: readonly OutputField[]): readonly Field[] {
  const own = fields.filter(({ name }) => !verdicts.has(name));
  return [...own.map(({ name, kind }) => ({ name, kind })), { name: "provenance", kind: "text" }];
}

/** Items of the source that the run takes, each with a fingerprint of all that its result depends on. */
async function* itemsOf(
  source: OpenedDataset,
  graphDigest: string,
  bindings: readonly Binding[],
  { limit = Number.POSITIVE_INFINITY, part }: Pick<DatasetRun, "limit" | "part">,
): AsyncGenerator<SourceItem> {
  let taken = 0;
  const isOfPart = ({ key }: DatasetItem): boolean =>
    part === undefined || seedOf(key) % part.count === part.index - 1;
  const rest = JSON.stringify([graphDigest, bindings, source.mapping]);
  for await (const item of source.items()) {
    if (!isOfPart(item)) continue;
    if (taken >= limit) return;
    taken += 1;
    const fingerprint = createHash("sha256").update(`${rest} ${item.version}`).digest("hex");
    yield { key: item.key, fingerprint, item };
  }
}

function existing(sink: string): EngineError {
  return new EngineError("command.usage", `"${sink}" holds a run already`, {
    hint: "Add --resume to go on with it, or choose another --sink.",
  });
}

/** Checks that a run goes on with the data set that it began, and says what it is. */
async function claimSink(
  store: BatchStore,
  { sink, isResuming, format }: DatasetRun,
  schema: readonly Field[],
): Promise<void> {
  const description = { format, fields: schema } as unknown as Json;
  const before = await store.description();
  if (before !== undefined && !isResuming) throw existing(sink);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(description)) {
    throw new EngineError(
      "command.usage",
      `"${sink}" holds records with other fields, or of another format`,
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

/**
 * Runs a graph for every item of a source and writes what it gives as a data set.
 * @param summarize Looks at the items before the store is closed.
 * Throws: `command.usage`, `batch.locked`, `batch.unavailable`, and what the source throws as a whole.
 */
export async function runDataset(
  run: DatasetRun,
  summarize: (outcome: DatasetOutcome) => Promise<void>,
): Promise<void> {
  const { origin, catalogue, source, sink, signal } = run;
  const hidden = path.join(sink, hiddenFolder);
  if (!(await isThere(path.join(hidden, itemsFile)))) await requireEmpty(sink);
  for (const name of [itemsFolder, inputsFolder]) {
    await mkdir(path.join(hidden, name), { recursive: true });
  }
  const schema = schemaOf(origin.fields);
  const store = await openSqliteBatchStore(path.join(hidden, itemsFile));
  try {
    await claimSink(store, run, schema);
    const dataset = await openDatasetFolder(sink, shardFormat(run.format), schema);
    const queue = createShardQueue({
      ...{ store, dataset, fields: origin.fields, folder: hidden, shardBytes: run.shardBytes },
    });
    await queue.recover();
    const prepare = createItemRuns({ origin, catalogue, folder: hidden });
    const [first] = run.hosts;
    if (first !== undefined) await checkFirst(source, prepare, first);
    await runBatch({
      store,
      hosts: run.hosts,
      items: itemsOf(source, digestGraph(origin.graph), origin.bindings, run),
      prepare,
      retriesFailed: run.retriesFailed,
      signal,
      now: Date.now,
      async report(report) {
        run.report(report);
        if (report.type === "item-done") await queue.add(report.result.sizeBytes ?? 0);
      },
    });
    const isComplete = !signal.aborted;
    await queue.finish(isComplete);
    await summarize({ store, isComplete });
  } finally {
    await store.close();
  }
}
