import { type Fields, isPictureFile, type PictureFile } from "@insightgraph/editing/datasets";
import type { Json } from "@insightgraph/engine/graph";
import type { TaskItem } from "@insightgraph/engine/tasks";
import type { SourceItem } from "../item-runs.ts";
import type { RunFiles } from "./run-files.ts";

interface StoredPicture {
  readonly file: string;
  readonly name?: string;
}

/** A record on its way to a worker: its pictures are files of the run. */
interface StoredRecord {
  readonly values: Readonly<Record<string, Json>>;
  readonly pictures: Readonly<Record<string, StoredPicture>>;
}

async function toStored({ bytes, name }: PictureFile, files: RunFiles): Promise<StoredPicture> {
  return { file: await files.put(bytes), ...(name === undefined ? {} : { name }) };
}

/** An item as workers get it. @param names The fields that the graph takes. Throws: why it cannot be read. */
export async function storeItem(
  { key, fingerprint, item }: SourceItem,
  names: readonly string[],
  files: RunFiles,
): Promise<TaskItem> {
  const fields = await item.load();
  const values: Record<string, Json> = {};
  const pictures: Record<string, StoredPicture> = {};
  for (const name of new Set(names)) {
    const value = fields[name] ?? null;
    if (isPictureFile(value)) pictures[name] = await toStored(value, files);
    else if (value !== null) values[name] = value as Json;
  }
  const record: StoredRecord = { values, pictures };
  return { key, fingerprint, input: record as unknown as Json };
}

/** An item that a worker got, as a source gives it. */
export function openStoredItem({ key, fingerprint, input }: TaskItem, files: RunFiles): SourceItem {
  const { values, pictures } = input as unknown as StoredRecord;
  const load = async (): Promise<Fields> => {
    const read = Object.entries(pictures).map(async ([field, { file, ...rest }]) => {
      return [field, { bytes: await files.get(file), ...rest }] as const;
    });
    return { ...values, ...Object.fromEntries(await Promise.all(read)) } as Fields;
  };
  return { key, fingerprint, item: { key, version: fingerprint, load } };
}
