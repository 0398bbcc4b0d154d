import { EditingError } from "../errors.ts";
import { advancedEditFormat } from "./sinks/advanced-edit.ts";
import { imageFolderFormat } from "./sinks/image-folder.ts";
import { parquetFormat } from "./sinks/parquet.ts";
import type { ShardFormat } from "./sinks/shard-writer.ts";
import { webDatasetFormat } from "./sinks/web-dataset.ts";

/** Formats in which data sets are written, the usual one first. */
export const shardFormats: readonly ShardFormat[] = [
  parquetFormat,
  imageFolderFormat,
  webDatasetFormat,
  advancedEditFormat,
];

/** The format of a name. Throws: `dataset.field`. */
export function shardFormat(name: string): ShardFormat {
  const found = shardFormats.find((format) => format.name === name);
  if (found !== undefined) return found;
  throw new EditingError("dataset.field", `data sets are not written as "${name}"`, {
    hint: `Choose one of ${shardFormats.map((format) => format.name).join(", ")}.`,
  });
}
