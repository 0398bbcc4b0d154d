import { setImmediate } from "node:timers/promises";

/** What is compared of a record: a perceptual hash for each of its pictures, and texts that must be equal. */
export interface Likeness {
  /** 16 hexadecimal digits for each picture; empty where the record lacks it. All records have equally many. */
  readonly hashes: readonly string[];
  /** Records with different labels are never alike. */
  readonly label: string;
}

interface Leader {
  readonly place: number;
  readonly words: Uint32Array;
  readonly label: string;
}

const recordsPerTurn = 200;
const hashBits = 64;

/** Hashes as words of 32 bits; an absent one is zeros. */
function toWords(hashes: readonly string[]): Uint32Array {
  const words = new Uint32Array(2 * hashes.length);
  for (const [at, hash] of hashes.entries()) {
    const whole = hash.padStart(16, "0");
    words[2 * at] = Number.parseInt(whole.slice(0, 8), 16);
    words[2 * at + 1] = Number.parseInt(whole.slice(8), 16);
  }
  return words;
}

/** How many bits of a word are set. Source: Warren, "Hacker's Delight", section 5-1. */
function countBits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Whether no hash differs from its counterpart in more bits than `distance`. */
function isNear(a: Uint32Array, b: Uint32Array, distance: number): boolean {
  for (let at = 0; at < a.length; at += 2) {
    const [a0 = 0, a1 = 0, b0 = 0, b1 = 0] = [a[at], a[at + 1], b[at], b[at + 1]];
    if (countBits(a0 ^ b0) + countBits(a1 ^ b1) > distance) return false;
  }
  return true;
}

/**
 * Parts of a hash, of which two hashes that differ in at most `distance` bits have at least one in common.
 * Source: the pigeonhole principle, as in Manku, Jain and Das Sarma, "Detecting near-duplicates for web crawling", 2007.
 */
function bandsOf(hash: string, distance: number): readonly string[] {
  const bits = BigInt(`0x${hash === "" ? 0 : hash}`)
    .toString(2)
    .padStart(hashBits, "0");
  const count = distance + 1;
  return Array.from({ length: count }, (_, band) => {
    const [start, end] = [band, band + 1].map((at) => Math.floor((at * hashBits) / count));
    return `${band}:${bits.slice(start, end)}`;
  });
}

/**
 * For each record the place of the first one that it is like, which is its own where it is like none before it. A record
 * is compared with the first of each group alone, so groups do not grow by chains. Lets the event loop turn.
 * @param distance Most bits of a hash that differ, from 0 to 64; above 8 the search comes near to comparing all pairs.
 */
export async function groupNear(
  records: readonly Likeness[],
  distance: number,
): Promise<readonly number[]> {
  // The first picture that any record has narrows the search down.
  const key = Math.max(
    0,
    (records[0]?.hashes ?? []).findIndex((_, at) =>
      records.some(({ hashes }) => hashes[at] !== ""),
    ),
  );
  const leaders = new Map<string, Leader[]>();
  const first: number[] = [];
  for (const [place, { hashes, label }] of records.entries()) {
    const words = toWords(hashes);
    const bands = bandsOf(hashes[key] ?? "", distance);
    const isLike = (leader: Leader): boolean =>
      leader.label === label && isNear(leader.words, words, distance);
    const found = bands.flatMap((band) => leaders.get(band)?.find(isLike)?.place ?? []);
    if (found.length > 0) first.push(Math.min(...found));
    else {
      first.push(place);
      const leader = { place, words, label };
      for (const band of bands) {
        const others = leaders.get(band);
        if (others === undefined) leaders.set(band, [leader]);
        else others.push(leader);
      }
    }
    if (place % recordsPerTurn === 0) await setImmediate();
  }
  return first;
}
