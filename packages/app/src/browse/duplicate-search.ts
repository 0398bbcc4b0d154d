import { type Fields, isPictureFile } from "@insightgraph/editing/datasets";
import {
  createLikenessTable,
  groupNear,
  hashPictureFile,
  type Likeness,
} from "@insightgraph/editing/pairs";
import type { BrowsedRecord } from "./browsed-record.ts";
import type { RecordTable } from "./record-table.ts";

/** A search for near-duplicates: how far it is, and what it found. */
export interface DuplicateSearch {
  readonly total: number;
  hashed(): number;
  unreadable(): number;
  isDone(): boolean;
  /** Why it ended early, if it did. */
  fault(): unknown;
  /** The places of each group's records, the first one first; empty until it is done. */
  groups(): ReadonlyMap<number, readonly number[]>;
  /** The place of the first record of a record's group. */
  group(place: number): number | undefined;
  /** Resolves when nothing is read any more. */
  stop(): Promise<void>;
}

const compared = ["source_image", "edited_image", "mask_image"] as const;
/** How many records are read at once. */
const readers = 2;
const pageSize = 500;

async function hashIn(fields: Fields, name: string): Promise<string> {
  const value = fields[name];
  return isPictureFile(value) ? hashPictureFile(value.bytes) : "";
}

type Load = (record: BrowsedRecord) => Promise<Fields>;

/** What tells a record from others; undefined where its pictures cannot be read, or it has none. */
async function likenessOf(record: BrowsedRecord, load: Load): Promise<Likeness | undefined> {
  try {
    const fields = await load(record);
    const hashes = await Promise.all(compared.map((name) => hashIn(fields, name)));
    const isEmpty = hashes.every((hash) => hash === "");
    return isEmpty ? undefined : { hashes, label: record.operation ?? "" };
  } catch {
    return undefined;
  }
}

/** Groups of at least two, by the place of their first record. */
function groupsOf(places: Int32Array, first: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [at, leader] of first.entries()) {
    if (at === leader) continue;
    const [place = 0, start = 0] = [places[at], places[leader]];
    const members = groups.get(start);
    if (members === undefined) groups.set(start, [start, place]);
    else members.push(place);
  }
  return groups;
}

/**
 * Starts to look for records whose pictures are nearly the same, mask included, and whose kind of edit is the same.
 * @param load Reads a record with its pictures.
 * @param distance Most bits of a hash that differ.
 */
export function searchDuplicates(
  table: RecordTable,
  load: Load,
  distance: number,
): DuplicateSearch {
  const likenesses = createLikenessTable(compared.length);
  const count = table.count();
  const places = new Int32Array(count);
  let [hashed, unreadable, isStopped, isDone] = [0, 0, false, false];
  let fault: unknown;
  let groups = new Map<number, number[]>();
  const groupOf = new Map<number, number>();
  /** Likenesses of one page of records, in their order. */
  const readPage = async (start: number): Promise<void> => {
    const range = Array.from({ length: Math.min(pageSize, count - start) }, (_, at) => start + at);
    const records = await table.read(range);
    const found: (Likeness | undefined)[] = [];
    let next = 0;
    const read = async (): Promise<void> => {
      for (let at = next++; at < records.length && !isStopped; at = next++) {
        const record = records[at];
        if (record?.source === undefined) continue;
        found[at] = await likenessOf(record, load);
        hashed += 1;
        if (found[at] === undefined) unreadable += 1;
      }
    };
    await Promise.all(Array.from({ length: readers }, read));
    for (const [at, likeness] of found.entries()) {
      if (likeness === undefined) continue;
      places[likenesses.count()] = start + at;
      likenesses.add(likeness);
    }
  };
  const search = async (): Promise<void> => {
    for (let start = 0; start < count && !isStopped; start += pageSize) await readPage(start);
    if (isStopped) return;
    groups = groupsOf(places, await groupNear(likenesses, distance));
    for (const [start, members] of groups) for (const place of members) groupOf.set(place, start);
    isDone = true;
  };
  const ended = search().catch((thrown: unknown) => {
    fault = thrown;
  });
  return {
    total: table.readable(),
    fault: () => fault,
    hashed: () => hashed,
    unreadable: () => unreadable,
    isDone: () => isDone,
    groups: () => groups,
    group: (place) => groupOf.get(place),
    async stop() {
      isStopped = true;
      await ended;
    },
  };
}
