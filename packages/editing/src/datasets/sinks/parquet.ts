import { open } from "node:fs/promises";
import type { SchemaElement } from "hyparquet";
import { type ColumnSource, fileWriter, ParquetWriter } from "hyparquet-writer";
import { fileStem } from "../file-stem.ts";
import { metadataOf } from "../parquet-metadata.ts";
import { pictureEnding } from "../picture-ending.ts";
import { type FieldValue, isPictureFile } from "../record.ts";
import { type Field, rowOf } from "../schema.ts";
import { openParquet } from "../sources/parquet.ts";
import type { ShardFormat } from "./shard-writer.ts";

/** A row group is written when its pictures and texts take this much. */
const groupBytes = 32 * 1024 ** 2;
const maxGroupRows = 1000;

const key: Field = { name: "key", kind: "text" };

const plainTypes = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  json: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  number: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" },
} as const;

/** Pictures are `struct{bytes, path}`, as in the hub's own files. */
function elementsOf({ name, kind }: Field): readonly SchemaElement[] {
  const optional = { repetition_type: "OPTIONAL" } as const;
  if (kind !== "picture") return [{ name, ...optional, ...plainTypes[kind] }];
  return [
    { name, ...optional, num_children: 2 },
    { name: "bytes", ...optional, type: "BYTE_ARRAY" },
    { name: "path", ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" },
  ];
}

function cellOf(value: FieldValue, { name, kind }: Field, stem: string): unknown {
  if (value === null) return null;
  if (isPictureFile(value)) {
    return { bytes: value.bytes, path: `${stem}.${name}${pictureEnding(value.bytes)}` };
  }
  return kind === "json" ? JSON.stringify(value) : value;
}

function sizeOf(value: FieldValue): number {
  if (isPictureFile(value)) return value.bytes.length;
  return typeof value === "string" ? value.length : 8;
}

/** The hub's `data/train-00001.parquet`: canonical columns, pictures embedded. */
export const parquetFormat: ShardFormat = {
  name: "parquet",
  ending: ".parquet",
  folder: "data",
  read: openParquet,
  async open(place, schema) {
    const columns = [key, ...schema];
    const elements = columns.flatMap(elementsOf);
    const writer = new ParquetWriter({
      writer: fileWriter(place),
      schema: [{ name: "root", num_children: columns.length }, ...elements],
      kvMetadata: metadataOf(columns),
      createdBy: "InsightGraph",
    });
    let rows: unknown[][] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      if (rows.length === 0) return;
      const columnData = columns.map(({ name, kind }, at): ColumnSource => {
        const data = rows.map((row) => row[at]);
        if (kind !== "picture") return { name, data };
        // Encoded pictures do not get smaller, and no two are equal.
        return { name, data, codec: "UNCOMPRESSED", encoding: "PLAIN", statistics: false };
      });
      await writer.write({ columnData, rowGroupSize: rows.length });
      rows = [];
      bytes = 0;
    };
    return {
      async add(record) {
        const stem = fileStem(record.key);
        const values = rowOf(schema, record.fields);
        const cells = values.map((value, at) => cellOf(value, schema[at] ?? key, stem));
        rows.push([record.key, ...cells]);
        for (const value of values) bytes += sizeOf(value);
        if (bytes >= groupBytes || rows.length >= maxGroupRows) await flush();
      },
      async finish() {
        await flush();
        await writer.finish();
        const file = await open(place, "r+");
        await file.sync().finally(() => file.close());
      },
    };
  },
};
