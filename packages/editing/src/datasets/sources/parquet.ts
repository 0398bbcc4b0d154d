import path from "node:path";
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { jsonFieldsOf } from "../parquet-metadata.ts";
import type { DatasetItem, DatasetSource, Fields, FieldValue } from "../record.ts";

interface ParquetFile {
  readonly name: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly jsonFields: ReadonlySet<string>;
}

type Row = Readonly<Record<string, unknown>>;

/** A value as JSON and pictures: `struct{bytes, path}`, as the hub has them, and bare bytes are pictures. */
function toValue(value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (value instanceof Uint8Array) return { bytes: value };
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toValue);
  if (typeof value !== "object") return value as FieldValue;
  const { bytes, path: name } = value as { bytes?: unknown; path?: unknown };
  if (bytes instanceof Uint8Array) {
    return typeof name === "string" ? { bytes, name } : { bytes };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toValue(inner)]));
}

function toFields(row: Row, jsonFields: ReadonlySet<string>): Fields {
  const entries = Object.entries(row).map(([name, value]) => {
    const isJson = jsonFields.has(name) && typeof value === "string";
    return [name, isJson ? (JSON.parse(value) as FieldValue) : toValue(value)] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads row groups whole, and holds the last one: pictures lie too close together to be read one by one. */
function groupReader({ file, metadata }: ParquetFile) {
  let held: { readonly start: number; readonly rows: Promise<readonly Row[]> } | undefined;
  return (start: number, end: number): Promise<readonly Row[]> => {
    if (held?.start !== start) {
      const options = { file, metadata, compressors, utf8: false, rowStart: start, rowEnd: end };
      held = { start, rows: parquetReadObjects(options) };
    }
    return held.rows;
  };
}

function* itemsIn(parquet: ParquetFile, version: string): Generator<DatasetItem> {
  const { name, metadata, jsonFields } = parquet;
  const readGroup = groupReader(parquet);
  let start = 0;
  for (const group of metadata.row_groups) {
    const first = start;
    const end = first + Number(group.num_rows);
    for (let row = first; row < end; row++) {
      yield {
        key: `${name}/${row}`,
        version,
        async load() {
          const rows = await readGroup(first, end).catch((cause: unknown) => {
            throw unreadable(name, `is damaged near row ${row}`, cause);
          });
          return toFields(rows[row - first] ?? {}, jsonFields);
        },
      };
    }
    start = end;
  }
}

async function openFile(place: string, name: string): Promise<ParquetFile> {
  const file = await asyncBufferFromFile(place);
  const metadata = await parquetMetadataAsync(file);
  return { name, file, metadata, jsonFields: jsonFieldsOf(metadata) };
}

/** Rows of Parquet files. @param files Absolute paths. @param folder What keys are relative to. */
export function openParquet(files: readonly string[], folder: string): DatasetSource {
  return {
    format: "parquet",
    async count() {
      let rows = 0;
      for (const file of files) {
        // A damaged file gives one item, which fails.
        const opened = await openFile(file, file).catch(() => undefined);
        rows += opened === undefined ? 1 : Number(opened.metadata.num_rows);
      }
      return rows;
    },
    async *items() {
      for (const place of files) {
        const name = path.relative(folder, place).split(path.sep).join("/");
        let opened: ParquetFile;
        let version: string;
        try {
          version = await fileVersion(place);
          opened = await openFile(place, name);
        } catch (cause) {
          yield brokenItem(
            name,
            "broken",
            unreadable(name, "is cut off, or is no Parquet file", cause),
          );
          continue;
        }
        yield* itemsIn(opened, version);
      }
    },
  };
}
