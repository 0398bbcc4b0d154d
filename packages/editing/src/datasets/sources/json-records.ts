import { createReadStream } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { parse as parseCsv } from "csv-parse";
import { jsonrepair } from "jsonrepair";
import { readRegular } from "../../files/regular-file.ts";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { isPictureName } from "../picture-ending.ts";
import type { DatasetItem, DatasetSource, Fields, FieldValue } from "../record.ts";
import { readPictureFile } from "./folder.ts";

/** One entry of a file of records, which may turn out not to be one. */
interface Entry {
  /** The name of the entry in an object of entries, or its number. */
  readonly name: string;
  parse(): Fields;
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

async function* linesOf(file: string): AsyncGenerator<Entry> {
  let number = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    const name = String(number++);
    if (line.trim() !== "") yield { name, parse: () => toRecord(JSON.parse(line)) };
  }
}

async function* rowsOf(file: string): AsyncGenerator<Entry> {
  let number = 0;
  const rows = createReadStream(file).pipe(parseCsv({ columns: true, bom: true }));
  for await (const row of rows) yield { name: String(number++), parse: () => row as Fields };
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

async function loadPictures(record: Fields, read: ReadPicture): Promise<Fields> {
  const entries = Object.entries(record).map(async ([column, value]) => {
    return [fieldName(column), await withPicture(value, read)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function itemOf(entry: Entry, file: string, folder: string, version: string): DatasetItem {
  const key = path.relative(folder, file).split(path.sep).join("/");
  return {
    key: `${key}/${entry.name}`,
    version,
    async load({ isWithoutPictures = false } = {}) {
      let record: Fields;
      try {
        record = entry.parse();
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw unreadable(key, `has no record at ${entry.name}: ${reason}`, cause);
      }
      const folder = path.dirname(file);
      return loadPictures(record, async (name) =>
        isWithoutPictures ? null : readPictureFile(path.join(folder, name)),
      );
    },
  };
}

/**
 * Records of JSON, JSON lines and CSV files; values that name a picture, from the file's own folder, become that picture.
 * @param files Absolute paths. @param folder What keys are relative to.
 */
export function openJsonRecords(files: readonly string[], folder: string): DatasetSource {
  return {
    format: "json",
    async *items() {
      for (const file of files) {
        let version = "missing";
        try {
          version = await fileVersion(file);
          for await (const entry of entriesOf(file)) yield itemOf(entry, file, folder, version);
        } catch (cause) {
          const name = path.relative(folder, file);
          const reason = cause instanceof Error ? cause.message : String(cause);
          const fault = unreadable(name, `cannot be read: ${reason}`, cause);
          yield brokenItem(name, version, fault);
        }
      }
    },
  };
}
