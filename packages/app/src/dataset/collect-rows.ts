import type { FieldValue } from "@insightgraph/editing/datasets";
import { EngineError } from "@insightgraph/engine/errors";
import type { Json } from "@insightgraph/engine/graph";
import { type ItemFile, isKeptPicture } from "./item-file.ts";
import { type OutputField, reasonOutput, verdictOutput } from "./output-fields.ts";

/** A record of an item as it is kept: its pictures are in the item's file. */
export type KeptRow = Readonly<Record<string, Json>>;

/** What the graph gave for an item. */
export interface ItemRows {
  readonly rows: readonly KeptRow[];
  /** Why the others were not kept. */
  readonly rejected: readonly string[];
  /** Those others, in the same order. */
  readonly rejectedRows: readonly KeptRow[];
  /** Of all records together. */
  readonly sizeBytes: number;
}

type Values = ItemFile["values"];

function listOf({ output }: OutputField, values: Values): readonly Json[] {
  const list = values[output];
  return Array.isArray(list) ? list : [];
}

/** How many records the lists among the outputs make; one where there is no list. Throws: `list.length`. */
function countRows(fields: readonly OutputField[], values: Values): number {
  const lists = fields.filter(({ isList }) => isList);
  const lengths = lists.map((field) => listOf(field, values).length);
  const [first = 1, ...others] = lengths;
  if (others.every((length) => length === first)) return first;
  const told = lists.map(({ output }, at) => `${output} has ${lengths[at]}`).join(", ");
  throw new EngineError("list.length", `the lists of the item differ in length: ${told}`, {
    hint: "Outputs that are lists make one record for each of their values.",
  });
}

function sizeOf(value: Json): number {
  if (isKeptPicture(value)) return value.bytes;
  return value === null ? 0 : Buffer.byteLength(String(value));
}

/** The records that the values of a graph's outputs make. Throws: `list.length`. */
export function collectRows(fields: readonly OutputField[], values: Values): ItemRows {
  const [rows, rejectedRows, rejected]: [KeptRow[], KeptRow[], string[]] = [[], [], []];
  let sizeBytes = 0;
  for (let at = 0, count = countRows(fields, values); at < count; at++) {
    const row: Record<string, Json> = {};
    for (const field of fields) {
      const value = field.isList ? listOf(field, values)[at] : values[field.output];
      row[field.name] = value ?? null;
      sizeBytes += sizeOf(value ?? null);
    }
    const { [verdictOutput]: verdict, [reasonOutput]: reason, ...kept } = row;
    if (verdict !== false) {
      rows.push(kept);
      continue;
    }
    rejectedRows.push(kept);
    rejected.push(typeof reason === "string" && reason !== "" ? reason : "not kept");
  }
  return { rows, rejected, rejectedRows, sizeBytes };
}

/** A record's fields with their pictures. */
export function loadRow(
  row: KeptRow,
  pictures: ItemFile["pictures"],
): Readonly<Record<string, FieldValue>> {
  const load = (name: string, value: Json): FieldValue => {
    if (!isKeptPicture(value)) return value as FieldValue;
    const bytes = pictures[value.picture];
    return bytes === undefined ? null : { bytes, name: `${name}.png` };
  };
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, load(name, value)] as const),
  );
}
