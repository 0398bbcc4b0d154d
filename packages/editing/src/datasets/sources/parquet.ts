import path from "node:path";
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { jsonFieldsOf } from "../parquet-metadata.ts";
import type { AddressedItem, AddressedSource, Fields, FieldValue, LoadOptions } from "../record.ts";
import { holdLast } from "./hold-last.ts";

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

/** Whether a column holds bytes that are no text, at any depth: pictures. */
function holdsBytes({ children, element }: SchemaTree): boolean {
  if (children.length > 0) return children.some(holdsBytes);
  const { type, converted_type: converted, logical_type: logical } = element;
  return type === "BYTE_ARRAY" && converted === undefined && logical === undefined;
}

/** The columns to read; undefined for all of them. */
function columnsOf({ metadata }: ParquetFile, isWithoutPictures: boolean): string[] | undefined {
  if (!isWithoutPictures) return undefined;
  const columns = parquetSchema(metadata).children.filter((column) => !holdsBytes(column));
  return columns.map(({ element }) => element.name);
}

/** The rows of a row group, the last one excluded. */
interface RowGroup {
  readonly start: number;
  readonly end: number;
}

/** Reads rows; row groups whole, of which it holds the last one: pictures lie too close together to be read one by one. */
function rowReader(parquet: ParquetFile) {
  const { file, metadata } = parquet;
  const read = (rowStart: number, rowEnd: number, columns: string[] | undefined, isLone: boolean) =>
    parquetReadObjects({
      ...{ file, metadata, compressors, utf8: false, rowStart, rowEnd, useOffsetIndex: isLone },
      ...(columns === undefined ? {} : { columns }),
    });
  let held:
    | { readonly start: number; readonly isWhole: boolean; readonly rows: Promise<readonly Row[]> }
    | undefined;
  return async (
    row: number,
    group: RowGroup,
    { isWithoutPictures = false, isLone = false }: LoadOptions,
  ): Promise<Row> => {
    const { start, end } = group;
    const columns = columnsOf(parquet, isWithoutPictures);
    if (isLone) return (await read(row, row + 1, columns, true))[0] ?? {};
    const isWhole = !isWithoutPictures;
    if (held?.start !== start || held.isWhole !== isWhole) {
      held = { start, isWhole, rows: read(start, end, columns, false) };
    }
    return (await held.rows)[row - start] ?? {};
  };
}

function groupsOf({ metadata }: ParquetFile): readonly RowGroup[] {
  let end = 0;
  return metadata.row_groups.map(({ num_rows: rows }) => {
    const start = end;
    end += Number(rows);
    return { start, end };
  });
}

/** Reads the fields of a row. */
function fieldsReader(parquet: ParquetFile) {
  const { name, jsonFields } = parquet;
  const readRow = rowReader(parquet);
  const groups = groupsOf(parquet);
  return async (row: number, options: LoadOptions): Promise<Fields> => {
    const group = groups.find(({ end }) => row < end) ?? { start: row, end: row + 1 };
    const found = await readRow(row, group, options).catch((cause: unknown) => {
      throw unreadable(name, `is damaged near row ${row}`, cause);
    });
    return toFields(found, jsonFields);
  };
}

/** Where a row lies, as an address: the number of its file, and its own. */
function parseAddress(address: string): readonly [file: number, row: number] {
  const [file = 0, row = 0] = address.split(" ").map(Number);
  return [file, row];
}

function* itemsIn(parquet: ParquetFile, version: string, number: number): Generator<AddressedItem> {
  const readFields = fieldsReader(parquet);
  for (let row = 0; row < Number(parquet.metadata.num_rows); row++) {
    yield {
      ...{ key: `${parquet.name}/${row}`, version, address: `${number} ${row}` },
      load: (options = {}) => readFields(row, options),
    };
  }
}

async function openFile(place: string, name: string): Promise<ParquetFile> {
  const file = await asyncBufferFromFile(place);
  const metadata = await parquetMetadataAsync(file);
  return { name, file, metadata, jsonFields: jsonFieldsOf(metadata) };
}

/** Rows of Parquet files. @param files Absolute paths. @param folder What keys are relative to. */
export function openParquet(files: readonly string[], folder: string): AddressedSource {
  const nameOf = (place: string): string => path.relative(folder, place).split(path.sep).join("/");
  const reopen = holdLast(async (place: string) => {
    const name = nameOf(place);
    const opened = await openFile(place, name).catch((cause: unknown) => {
      throw unreadable(name, "is not there, or no longer what it was", cause);
    });
    return fieldsReader(opened);
  });
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
    async loadAt(address, options = {}) {
      const [number, row] = parseAddress(address);
      const readFields = await reopen(files[number] ?? "");
      return readFields(row, options);
    },
    async *items() {
      for (const [number, place] of files.entries()) {
        const name = nameOf(place);
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
        yield* itemsIn(opened, version, number);
      }
    },
  };
}
