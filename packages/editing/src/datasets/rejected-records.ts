import { readdir } from "node:fs/promises";
import path from "node:path";
import { rejectedFolder } from "./hidden-files.ts";
import type { AddressedSource } from "./record.ts";
import { openParquet } from "./sources/parquet.ts";

/** The records that a graph did not keep, with their pictures; none where the folder has no such records. */
export async function openRejected(folder: string): Promise<AddressedSource> {
  const place = path.join(folder, rejectedFolder);
  const names = await readdir(place).catch(() => []);
  const shards = names.filter((name) => name.endsWith(".parquet")).sort();
  return openParquet(
    shards.map((name) => path.join(place, name)),
    place,
  );
}
