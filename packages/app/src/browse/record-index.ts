import type { OpenedDataset } from "@insightgraph/editing/datasets";
import type { BrowsedRecord } from "./browsed-record.ts";
import { readRecords } from "./read-records.ts";

/** The records of a data set in memory, without their pictures; it fills while it is used. */
export interface RecordIndex {
  readonly records: readonly BrowsedRecord[];
  get(key: string): BrowsedRecord | undefined;
  /** Records that cannot be read. */
  unreadable(): number;
  isDone(): boolean;
  /** Whether a run is working on the data set. */
  isRunning(): boolean;
  /** Why the reading ended early. */
  fault(): unknown;
  stop(): void;
}

/** Starts to read the records of a data set. */
export function indexRecords(place: string, dataset: OpenedDataset): RecordIndex {
  const records: BrowsedRecord[] = [];
  const byKey = new Map<string, BrowsedRecord>();
  let unreadable = 0;
  let [isDone, isRunning, isStopped] = [false, false, false];
  let fault: unknown;
  const read = readRecords(place, dataset, {
    add(record) {
      records.push(record);
      if (!byKey.has(record.key)) byKey.set(record.key, record);
    },
    addUnreadable() {
      unreadable += 1;
    },
    isOver: () => isStopped,
  });
  read.then(
    (found) => {
      [isDone, isRunning] = [true, found];
    },
    (thrown: unknown) => {
      [isDone, fault] = [true, thrown];
    },
  );
  return {
    records,
    get: (key) => byKey.get(key),
    unreadable: () => unreadable,
    isDone: () => isDone,
    isRunning: () => isRunning,
    fault: () => fault,
    stop() {
      isStopped = true;
    },
  };
}
