import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { type Info, parse as parseCsv } from "csv-parse";
import { parse as parseCsvText } from "csv-parse/sync";
import { jsonrepair } from "jsonrepair";
import type { EditingError } from "../../errors.ts";
import { readRegular } from "../../files/regular-file.ts";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { isPictureName } from "../picture-ending.ts";
import type { AddressedSource, Fields, FieldValue, LoadOptions } from "../record.ts";
import { readPictureFile } from "./folder.ts";
import { holdLast } from "./hold-last.ts";
import { linesIn } from "./lines-in.ts";

/** One entry of a file of records, which may turn out not to be one. */
interface Entry {
  /** The name of the entry in an object of entries, or its number. */
  readonly name: string;
  /** Where its text lies in the file, where it can be read alone. */
  readonly range?: Range;
  parse(): Fields;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What the parser of CSV gives for a row. */
interface CsvRow {
  readonly record: readonly string[];
  readonly info: Info;
}

const maxJsonBytes = 512 * 1024 ** 2;
const fileName = "file_name";

/** In JSON that is nearly right, as people and models write it, trailing commas and the like are mended. */
export function parseLenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(jsonrepair(text));
  }
}

function toRecord(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new TypeError("it is no object");
}

/** Where an entry lies, as an address: the number of its file, its name, and its range if it has one. */
type Address = readonly [file: number, name: string, start?: number, end?: number];

async function* linesOf(file: string): AsyncGenerator<Entry> {
  let number = 0;
  for await (const { text, start, end } of linesIn(file)) {
    const name = String(number++);
    if (text.trim() === "") continue;
    yield { name, range: { start, end }, parse: () => toRecord(JSON.parse(text)) };
  }
}

function toRow(columns: readonly string[], cells: readonly string[]): Fields {
  return Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ""]));
}

async function* rowsOf(file: string): AsyncGenerator<Entry> {
  let [number, start] = [0, 0];
  let columns: readonly string[] | undefined;
  const rows = createReadStream(file).pipe(parseCsv({ bom: true, info: true }));
  for await (const { record, info } of rows as AsyncIterable<CsvRow>) {
    const [range, names] = [{ start, end: info.bytes }, columns];
    start = info.bytes;
    if (names === undefined) columns = record;
    else yield { name: String(number++), range, parse: () => toRow(names, record) };
  }
}

/** A list of records, an object of records, or one record. */
async function* recordsOf(file: string): AsyncGenerator<Entry> {
  const bytes = await readRegular(file);
  if (bytes.length > maxJsonBytes) throw new RangeError("it is larger than 512 MB; use JSON lines");
  const value = parseLenient(bytes.toString("utf8"));
  const isOfRecords =
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((inner) => typeof inner === "object" && inner !== null);
  const entries = isOfRecords ? Object.entries(value as object) : [["0", value] as const];
  for (const [name, inner] of entries) yield { name, parse: () => toRecord(inner) };
}

function entriesOf(file: string): AsyncGenerator<Entry> {
  const ending = path.extname(file).toLowerCase();
  if (ending === ".jsonl") return linesOf(file);
  return ending === ".csv" ? rowsOf(file) : recordsOf(file);
}

type ReadPicture = (name: string) => Promise<FieldValue>;

/** Whether a file's name is that of an imagefolder's records. */
export function isMetadataName(name: string): boolean {
  return /^metadata\.(jsonl|csv)$/.test(name);
}

/** Whether a column of an imagefolder names pictures, as the hub says. */
export function isPictureColumn(name: string): boolean {
  return /(^|_)file_names?$/.test(name);
}

/** Whether texts of a column may name pictures. */
function mayNamePictures(column: string, file: string): boolean {
  // Records that were made of photographs have their names as keys.
  return isMetadataName(path.basename(file)) ? isPictureColumn(column) : column !== "key";
}

/** A text that names a picture becomes that picture, in lists too. */
async function withPicture(value: FieldValue, read: ReadPicture): Promise<FieldValue> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((inner: FieldValue) => withPicture(inner, read)));
  }
  return typeof value === "string" && isPictureName(value) ? read(value) : value;
}

/** `file_name` names the source, `mask_image_file_name` the field `mask_image`, as in the hub's imagefolder. */
function fieldName(column: string): string {
  if (column === fileName) return "source_image";
  return column.endsWith(`_${fileName}`) ? column.slice(0, -fileName.length - 1) : column;
}

async function loadPictures(record: Fields, file: string, read: ReadPicture): Promise<Fields> {
  const entries = Object.entries(record).map(async ([column, value]) => {
    if (!mayNamePictures(column, file)) return [column, value] as const;
    return [fieldName(column), await withPicture(value, read)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The fields of an entry. @param key That of its file. */
async function load(
  entry: Entry,
  file: string,
  key: string,
  { isWithoutPictures = false }: LoadOptions = {},
): Promise<Fields> {
  let record: Fields;
  try {
    record = entry.parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(key, `has no record at ${entry.name}: ${reason}`, cause);
  }
  const folder = path.dirname(file);
  return loadPictures(record, file, async (name) =>
    isWithoutPictures ? null : readPictureFile(path.join(folder, name)),
  );
}

async function readRange(file: string, { start, end }: Range): Promise<string> {
  const handle = await open(file, "r");
  try {
    const bytes = Buffer.alloc(end - start);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    if (bytesRead < bytes.length) throw new RangeError("it is shorter than it was");
    return bytes.toString("utf8").replace(/^\uFEFF/, "");
  } finally {
    await handle.close();
  }
}

/** The entries of a JSON file, by their names. */
async function entriesByName(file: string): Promise<ReadonlyMap<string, Entry>> {
  const found = new Map<string, Entry>();
  for await (const entry of recordsOf(file)) found.set(entry.name, entry);
  return found;
}

/** The names of the columns, which the first row of a CSV file has. */
async function columnsOf(file: string): Promise<readonly string[]> {
  const rows = createReadStream(file).pipe(parseCsv({ bom: true, to: 1 }));
  for await (const row of rows) return row as readonly string[];
  return [];
}

/** Reads entries again, by name and range. */
function createReader() {
  const jsonOf = holdLast(entriesByName);
  const headOf = holdLast(columnsOf);
  return async (file: string, name: string, range: Range | undefined): Promise<Entry> => {
    if (range === undefined) {
      const found = (await jsonOf(file)).get(name);
      if (found === undefined) throw new RangeError(`it has no entry ${name} any more`);
      return found;
    }
    const text = await readRange(file, range);
    if (path.extname(file).toLowerCase() !== ".csv") {
      return { name, parse: () => toRecord(JSON.parse(text)) };
    }
    const [columns, [cells = []]] = [await headOf(file), parseCsvText(text) as string[][]];
    return { name, parse: () => toRow(columns, cells) };
  };
}

/**
 * Records of JSON, JSON lines and CSV files; values that name a picture, from the file's own folder, become that picture:
 * in an imagefolder those of the columns that are made for it, elsewhere all that look like it.
 * @param files Absolute paths. @param folder What keys are relative to.
 */
export function openJsonRecords(files: readonly string[], folder: string): AddressedSource {
  const keyOf = (file: string): string => path.relative(folder, file).split(path.sep).join("/");
  const broken = (file: string, cause: unknown): EditingError => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return unreadable(path.relative(folder, file), `cannot be read: ${reason}`, cause);
  };
  const readAgain = createReader();
  return {
    format: "json",
    async *items() {
      for (const [number, file] of files.entries()) {
        const key = keyOf(file);
        let version = "missing";
        try {
          version = await fileVersion(file);
          for await (const entry of entriesOf(file)) {
            const { name, range } = entry;
            const place = range === undefined ? [] : [range.start, range.end];
            yield {
              ...{ key: `${key}/${name}`, version },
              address: JSON.stringify([number, name, ...place]),
              load: (options) => load(entry, file, key, options),
            };
          }
        } catch (cause) {
          yield brokenItem(path.relative(folder, file), version, broken(file, cause));
        }
      }
    },
    async loadAt(address, options) {
      const [number, name, start, end] = JSON.parse(address) as Address;
      const file = files[number] ?? "";
      const range = start === undefined || end === undefined ? undefined : { start, end };
      const entry = await readAgain(file, name, range).catch((cause: unknown) => {
        throw broken(file, cause);
      });
      return load(entry, file, keyOf(file), options);
    },
  };
}
