import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { FieldValue } from "@insightgraph/editing/datasets";
import { EngineError } from "@insightgraph/engine/errors";
import type { Json } from "@insightgraph/engine/graph";
import {
  type OutputField,
  outputFile,
  readOutput,
  reasonOutput,
  verdictOutput,
} from "./output-fields.ts";

/** A record of an item as it is kept: pictures by the names of their files in the item's folder. */
export type KeptRow = Readonly<Record<string, Json>>;

/** What the graph gave for an item. */
export interface ItemRows {
  readonly rows: readonly KeptRow[];
  /** Why the others were not kept. */
  readonly rejected: readonly string[];
  /** Those others, in the same order. */
  readonly rejectedRows: readonly KeptRow[];
  readonly sizeBytes: number;
}

/** How many values each list has, by the files of its last node. */
function lengthOf(field: OutputField, names: ReadonlySet<string>): number {
  let length = 0;
  while (names.has(outputFile(field, length))) length += 1;
  return length;
}

/** How many records the lists among the outputs make; one where there is no list. Throws: `list.length`. */
function countRows(fields: readonly OutputField[], names: ReadonlySet<string>): number {
  const lists = fields.filter(({ isList }) => isList);
  const lengths = lists.map((field) => lengthOf(field, names));
  const [first = 1, ...others] = lengths;
  if (others.every((length) => length === first)) return first;
  const told = lists.map(({ output }, at) => `${output} has ${lengths[at]}`).join(", ");
  throw new EngineError("list.length", `the lists of the item differ in length: ${told}`, {
    hint: "Outputs that are lists make one record for each of their values.",
  });
}

/** Reads what a run left in its folder, but not the pictures. */
export async function collectRows(
  fields: readonly OutputField[],
  folder: string,
): Promise<ItemRows> {
  const names = new Set(await readdir(folder));
  const [rows, rejectedRows, rejected]: [KeptRow[], KeptRow[], string[]] = [[], [], []];
  for (let at = 0, count = countRows(fields, names); at < count; at++) {
    const row: Record<string, Json> = {};
    for (const field of fields) {
      const file = outputFile(field, field.isList ? at : undefined);
      if (!names.has(file)) row[field.name] = null;
      else if (field.kind === "picture") row[field.name] = file;
      else row[field.name] = (await readOutput(folder, file, field.kind)) as Json;
    }
    const { [verdictOutput]: verdict, [reasonOutput]: reason, ...kept } = row;
    if (verdict !== false) {
      rows.push(kept);
      continue;
    }
    rejectedRows.push(kept);
    rejected.push(typeof reason === "string" && reason !== "" ? reason : "not kept");
  }
  let sizeBytes = 0;
  for (const name of names) sizeBytes += (await stat(path.join(folder, name))).size;
  return { rows, rejected, rejectedRows, sizeBytes };
}

/** A record's fields with the pictures read. */
export async function loadRow(
  row: KeptRow,
  fields: readonly OutputField[],
  folder: string,
): Promise<Readonly<Record<string, FieldValue>>> {
  const entries = fields
    .filter(({ name }) => name in row)
    .map(async ({ name, kind }) => {
      const value = row[name] as FieldValue;
      const isFile = kind === "picture" && typeof value === "string";
      return [name, isFile ? await readOutput(folder, value, kind) : value] as const;
    });
  return Object.fromEntries(await Promise.all(entries));
}
