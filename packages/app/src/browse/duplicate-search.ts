import { type Fields, isPictureFile } from "@insightgraph/editing/datasets";
import { groupNear, hashPictureFile, type Likeness } from "@insightgraph/editing/pairs";
import type { BrowsedRecord } from "./browsed-record.ts";

/** A search for near-duplicates: how far it is, and what it found. */
export interface DuplicateSearch {
  readonly total: number;
  hashed(): number;
  unreadable(): number;
  isDone(): boolean;
  /** The places of each group's records, the first one first; empty until it is done. */
  groups(): readonly (readonly number[])[];
  /** The place of the first record of a record's group. */
  group(place: number): number | undefined;
  stop(): void;
}

const compared = ["source_image", "edited_image", "mask_image"] as const;
/** How many records are read at once. */
const readers = 2;

async function hashIn(fields: Fields, name: string): Promise<string> {
  const value = fields[name];
  return isPictureFile(value) ? hashPictureFile(value.bytes) : "";
}

/** What tells a record from others; undefined where its pictures cannot be read, or it has none. */
async function likenessOf({ item, operation = "" }: BrowsedRecord): Promise<Likeness | undefined> {
  try {
    const fields = (await item?.load()) ?? {};
    const hashes = await Promise.all(compared.map((name) => hashIn(fields, name)));
    return hashes.every((hash) => hash === "") ? undefined : { hashes, label: operation };
  } catch {
    return undefined;
  }
}

/** Groups of at least two, by the place of their first record. */
function groupsOf(places: readonly number[], first: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [at, leader] of first.entries()) {
    const [place = 0, start = 0] = [places[at], places[leader]];
    groups.set(start, [...(groups.get(start) ?? []), place]);
  }
  for (const [start, members] of groups) if (members.length < 2) groups.delete(start);
  return groups;
}

/**
 * Starts to look for records whose pictures are nearly the same, mask included, and whose kind of edit is the same.
 * @param distance Most bits of a hash that differ.
 */
export function searchDuplicates(
  records: readonly BrowsedRecord[],
  distance: number,
): DuplicateSearch {
  const readable = [...records.entries()].filter(([, { item }]) => item !== undefined);
  const likenesses: (readonly [place: number, likeness: Likeness])[] = [];
  let [next, hashed, unreadable] = [0, 0, 0];
  let isStopped = false;
  let groups: Map<number, number[]> | undefined;
  const groupOf = new Map<number, number>();
  const read = async (): Promise<void> => {
    while (!isStopped) {
      const entry = readable[next++];
      if (entry === undefined) return;
      const likeness = await likenessOf(entry[1]);
      if (likeness === undefined) unreadable += 1;
      else likenesses.push([entry[0], likeness]);
      hashed += 1;
    }
  };
  const search = async (): Promise<void> => {
    await Promise.all(Array.from({ length: readers }, read));
    if (isStopped) return;
    likenesses.sort(([a], [b]) => a - b);
    const first = await groupNear(
      likenesses.map(([, likeness]) => likeness),
      distance,
    );
    const places = likenesses.map(([place]) => place);
    groups = groupsOf(places, first);
    for (const [start, members] of groups) for (const place of members) groupOf.set(place, start);
  };
  void search();
  return {
    total: readable.length,
    hashed: () => hashed,
    unreadable: () => unreadable,
    isDone: () => groups !== undefined,
    groups: () => [...(groups?.values() ?? [])],
    group: (place) => groupOf.get(place),
    stop() {
      isStopped = true;
    },
  };
}
