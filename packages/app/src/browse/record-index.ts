import type { AddressedSource } from "@insightgraph/editing/datasets";
import type { RecordDecision } from "@insightgraph/engine/server";
import type { BrowsedRecord, RecordSource } from "./browsed-record.ts";
import { createRecordCounts, type RecordCounts } from "./count-records.ts";
import { readRecords } from "./read-records.ts";
import type { RecordTable } from "./record-table.ts";

/** What was decided about a record. */
export type DecisionOn = (
  record: Pick<BrowsedRecord, "key" | "made">,
) => RecordDecision | undefined;

/** The records of a data set in a table, and what was decided about them; it fills while it is used. */
export interface RecordIndex {
  readonly table: RecordTable;
  /** Decisions by place. */
  readonly decided: ReadonlyMap<number, RecordDecision>;
  /** Decisions about these keys have changed. */
  follow(keys: readonly string[]): Promise<void>;
  counts(): Promise<RecordCounts>;
  /** Records that cannot be read. */
  unreadable(): number;
  isDone(): boolean;
  /** Resolves when the reading is over, however it ended. */
  readonly ended: Promise<void>;
  /** Why the reading ended early, if it did. */
  fault(): unknown;
  /** Whether a run is working on the data set. */
  isRunning(): boolean;
  /** Ends the reading; resolves when nothing is written to the table any more. */
  stop(): Promise<void>;
}

/** Records that are written together. */
const batchSize = 500;

/** Starts to read the records of a data set into a table. */
export function indexRecords(
  place: string,
  sources: Readonly<Record<RecordSource, AddressedSource>>,
  table: RecordTable,
  decisionOn: DecisionOn,
): RecordIndex {
  const { add, counts } = createRecordCounts(table);
  const decided = new Map<number, RecordDecision>();
  const decide = (at: number, record: BrowsedRecord): void => {
    const decision = decisionOn(record);
    if (decision === undefined) decided.delete(at);
    else decided.set(at, decision);
  };
  let [unreadable, isDone, isRunning, isStopped] = [0, false, false, false];
  let fault: unknown;
  let batch: BrowsedRecord[] = [];
  const flush = async (): Promise<void> => {
    const records = batch;
    batch = [];
    const first = table.count();
    await table.add(records);
    for (const [at, record] of records.entries()) {
      add(record);
      decide(first + at, record);
    }
  };
  const reading = readRecords(place, sources, {
    async add(record) {
      batch.push(record);
      if (batch.length >= batchSize) await flush();
    },
    addUnreadable() {
      unreadable += 1;
    },
    isOver: () => isStopped,
  });
  const read = async (): Promise<void> => {
    try {
      isRunning = await reading;
      await flush();
    } finally {
      isDone = true;
    }
  };
  const ended = read().catch((thrown: unknown) => {
    fault = thrown;
  });
  return {
    ...{ table, decided, counts },
    async follow(keys) {
      for (const key of keys) {
        const places = await table.placesOf(key);
        const records = await table.read(places);
        for (const [at, record] of records.entries()) decide(places[at] ?? 0, record);
      }
    },
    unreadable: () => unreadable,
    isDone: () => isDone,
    ended,
    fault: () => fault,
    isRunning: () => isRunning,
    async stop() {
      isStopped = true;
      await ended;
    },
  };
}
