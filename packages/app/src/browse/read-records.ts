import { access } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { type AddressedSource, hiddenFolder } from "@insightgraph/editing/datasets";
import { openSqliteBatchStore } from "@insightgraph/engine/batches";
import { EngineError } from "@insightgraph/engine/errors";
import { itemsFile } from "../dataset/items-file.ts";
import { type BrowsedRecord, browseRecord, type RecordSource } from "./browsed-record.ts";

/** Receives what is found, as it is found. */
export interface RecordReader {
  add(record: BrowsedRecord): Promise<void>;
  /** A record that cannot be read. */
  addUnreadable(): void;
  /** Whether the reading has become useless. */
  isOver(): boolean;
}

const recordsPerTurn = 100;
const pageSize = 500;

async function readSource(
  source: AddressedSource,
  name: RecordSource,
  reader: RecordReader,
): Promise<void> {
  let read = 0;
  for await (const item of source.items()) {
    if (reader.isOver()) return;
    const fields = await item.load({ isWithoutPictures: true }).catch(() => undefined);
    if (fields === undefined) reader.addUnreadable();
    else await reader.add(browseRecord(item, fields, name));
    read += 1;
    // The server answers others meanwhile.
    if (read % recordsPerTurn === 0) await setImmediate();
  }
}

/** The items of a run that failed. @returns false while a run works on them, which then holds their file */
async function readFailed(folder: string, reader: RecordReader): Promise<boolean> {
  const file = path.join(folder, hiddenFolder, itemsFile);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return true;
  const store = await openSqliteBatchStore(file).catch((thrown: unknown) => {
    if (thrown instanceof EngineError && thrown.code === "batch.locked") return undefined;
    throw thrown;
  });
  if (store === undefined) return false;
  try {
    for (let after = 0; ; ) {
      const page = await store.list({ states: ["failed"], after, limit: pageSize });
      for (const { key, error } of page) {
        await reader.add({
          ...{ key, status: "failed", source: undefined, address: "", made: "" },
          reason: error?.what,
          stage: error?.nodeId,
          operation: undefined,
          instruction: undefined,
          words: `${key}\n${error?.what ?? ""}`.toLowerCase(),
          scores: {},
        });
      }
      const last = page.at(-1);
      if (last === undefined || reader.isOver()) return true;
      after = last.place;
    }
  } finally {
    await store.close();
  }
}

/**
 * Looks at every record of a data set: those that it has, those that its graph rejected, and items that failed.
 * @returns whether a run is working on it
 */
export async function readRecords(
  place: string,
  sources: Readonly<Record<RecordSource, AddressedSource>>,
  reader: RecordReader,
): Promise<boolean> {
  await readSource(sources.kept, "kept", reader);
  await readSource(sources.rejected, "rejected", reader);
  return !(await readFailed(place, reader));
}
