import type {
  BatchItem,
  BatchStore,
  ItemRecord,
  ItemResult,
  PreparedItem,
  Provenance,
} from "@insightgraph/engine/batches";
import type { GraphDocument, Json, NodeCatalogue } from "@insightgraph/engine/graph";
import type { TaskItem } from "@insightgraph/engine/tasks";
import type { RuntimeRecord } from "../../manifest/manifest.ts";
import type { RunFiles } from "./run-files.ts";

/** What was made of an item: its files are files of the run, by their names. */
export interface MadeOutcome {
  readonly result: Json;
  readonly files: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
  readonly provenance?: Provenance;
}

/** How the items of a run travel to workers, and what they make back. */
export interface TaskKind<Item extends BatchItem> {
  /** What people see of the run. */
  readonly title: string;
  /** All graphs that its items run. */
  readonly graphs: readonly GraphDocument[];
  /** What workers need to know besides the items. */
  describe(files: RunFiles): Promise<Json>;
  /** Throws: why the item cannot be read. */
  pack(item: Item, files: RunFiles): Promise<TaskItem>;
  unpack(made: MadeOutcome, key: string, attempt: number, files: RunFiles): Promise<ItemResult>;
  /** Whether two items, one after the other, belong on one worker. @default they need not */
  areTogether?(one: Item, two: Item): boolean;
}

/** How a worker does the items of a task. */
export interface TaskWork<Item extends BatchItem> {
  readonly items: readonly Item[];
  prepare(item: Item, attempt: number): Promise<PreparedItem>;
  /** What an item that is done made, as it travels back. */
  pack(record: ItemRecord, store: BatchStore): Promise<MadeOutcome>;
}

/** What a worker knows of itself. */
export interface WorkerTools {
  readonly catalogue: NodeCatalogue;
  readonly runtime: RuntimeRecord;
}
