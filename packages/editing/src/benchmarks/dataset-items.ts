import { openDataset } from "../datasets/open-dataset.ts";
import { type DatasetItem, type Fields, isPictureFile } from "../datasets/record.ts";
import { EditingError } from "../errors.ts";

/** A record of a data set whose fields were read; its pictures are read again when they are needed. */
export interface KnownRecord {
  readonly item: DatasetItem;
  readonly fields: Fields;
}

/** Records with their texts; pictures are not held. Unreadable ones are named. Throws: `dataset.unreadable`. */
export async function readRecords(folder: string): Promise<{
  readonly records: readonly KnownRecord[];
  readonly missing: readonly string[];
}> {
  const records: KnownRecord[] = [];
  const missing: string[] = [];
  const dataset = await openDataset(folder, {});
  for await (const item of dataset.items()) {
    try {
      const entries = Object.entries(await item.load()).filter(
        ([, value]) => !isPictureFile(value),
      );
      records.push({ item, fields: Object.fromEntries(entries) });
    } catch (cause) {
      if (!(cause instanceof EditingError)) throw cause;
      missing.push(`${item.key}: ${cause.what}.`);
    }
  }
  return { records, missing };
}

/** A field as text; empty where there is none. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A picture of a record. Throws: `dataset.unreadable`. */
export async function pictureIn({ item }: KnownRecord, name: string): Promise<Uint8Array> {
  const value = (await item.load())[name];
  if (isPictureFile(value)) return value.bytes;
  throw new EditingError("dataset.unreadable", `"${item.key}" has no picture "${name}"`, {
    hint: "Fetch the benchmark again.",
  });
}
