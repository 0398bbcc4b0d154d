import { setImmediate } from "node:timers/promises";

/** What is compared of a record: a perceptual hash for each of its pictures, and texts that must be equal. */
export interface Likeness {
  /** 16 hexadecimal digits for each picture; empty where the record lacks it. */
  readonly hashes: readonly string[];
  /** Records with different labels are never alike. */
  readonly label: string;
}

/** Many likenesses, of which each takes a few bytes; a record is known by the order in which it came. */
export interface LikenessTable {
  count(): number;
  add(likeness: Likeness): void;
  /** Whether any record has the picture. */
  has(picture: number): boolean;
  /** The hashes as words of 32 bits, two for each picture; absent ones are zeros. */
  words(): Uint32Array;
  label(record: number): number;
}

const wordsPerHash = 2;

/** Creates a table of records that have so many pictures each. */
export function createLikenessTable(pictures: number): LikenessTable {
  const perRecord = wordsPerHash * pictures;
  const numbers = new Map<string, number>();
  const present = new Set<number>();
  let [count, words, labels] = [0, new Uint32Array(64 * perRecord), new Uint32Array(64)];
  const grow = (): void => {
    const [moreWords, moreLabels] = [new Uint32Array(2 * words.length), new Uint32Array(2 * count)];
    moreWords.set(words);
    moreLabels.set(labels);
    [words, labels] = [moreWords, moreLabels];
  };
  return {
    count: () => count,
    add({ hashes, label }) {
      if (count === labels.length) grow();
      for (let picture = 0; picture < pictures; picture++) {
        const hash = hashes[picture] ?? "";
        if (hash === "") continue;
        present.add(picture);
        const at = count * perRecord + wordsPerHash * picture;
        words[at] = Number.parseInt(hash.slice(0, 8), 16);
        words[at + 1] = Number.parseInt(hash.slice(8), 16);
      }
      const number = numbers.get(label) ?? numbers.size;
      numbers.set(label, number);
      labels[count++] = number;
    },
    has: (picture) => present.has(picture),
    words: () => words.subarray(0, count * perRecord),
    label: (record) => labels[record] ?? 0,
  };
}

const recordsPerTurn = 200;
const wordBits = 32;
const hashBits = 64;
/** With more bands, each is so narrow that nearly all pairs have one in common. */
const maxBands = 16;
/** Beyond it, there are too many pairs of parts. */
const maxPaired = 8;
const maxBucketBits = 20;

/** How many bits of a word are set. Source: Warren, "Hacker's Delight", section 5-1. */
function countBits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** A word with the bits from `start` to `end` set, counted from the highest one. */
function maskOf(start: number, end: number): number {
  const [from, to] = [start, end].map((bit) => Math.min(wordBits, Math.max(0, bit))) as [
    number,
    number,
  ];
  return from >= to ? 0 : (2 ** (wordBits - from) - 2 ** (wordBits - to)) >>> 0;
}

/**
 * Masks of parts of a hash: two hashes that differ in at most `distance` bits have at least one of them in common. Up to
 * eight bits, the hash is cut into two parts more than that, so that two of them agree: few others share both.
 * Source: the pigeonhole principle, as in Manku, Jain and Das Sarma, "Detecting near-duplicates for web crawling", 2007.
 */
function bandsOf(distance: number): readonly (readonly [high: number, low: number])[] {
  if (distance >= maxBands) return [[0, 0]];
  const isPaired = distance <= maxPaired;
  const count = distance + (isPaired ? 2 : 1);
  const parts = Array.from({ length: count }, (_, part) => {
    const [start = 0, end = 0] = [part, part + 1].map((at) => Math.floor((at * hashBits) / count));
    return [maskOf(start, end), maskOf(start - wordBits, end - wordBits)] as const;
  });
  if (!isPaired) return parts;
  return parts.flatMap(([high, low], part) =>
    parts.slice(part + 1).map((other) => [high | other[0], low | other[1]] as const),
  );
}

/** Spreads two words over buckets, also where few of their bits differ. Source: MurmurHash3's last mix. */
function bucketOf(high: number, low: number, bits: number): number {
  const one = Math.imul(high ^ (high >>> 16), 0x85ebca6b);
  const other = Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  const sum = (one + other) | 0;
  return Math.imul(sum ^ (sum >>> 16), 0x9e3779b1) >>> (wordBits - bits);
}

/** Finds the first earlier leader that a record is like; those that share a band lie in one bucket, among others. */
function createLeaders(table: LikenessTable, distance: number) {
  const [count, words] = [table.count(), table.words()];
  const perRecord = words.length / Math.max(1, count);
  // The first picture that any record has narrows the search down.
  let key = 0;
  while (!table.has(key / wordsPerHash) && key < perRecord - wordsPerHash) key += wordsPerHash;
  const bands = bandsOf(distance);
  // A band has no more values than its bits can tell apart.
  const bandBits = Math.max(...bands.map(([high, low]) => countBits(high) + countBits(low)));
  const wanted = Math.min(maxBucketBits, bandBits, Math.ceil(Math.log2(count + 1)));
  const bits = Math.max(1, wanted);
  const newest = new Int32Array(bands.length << bits).fill(-1);
  const before = new Int32Array(bands.length * count);
  const isNear = (one: number, other: number): boolean => {
    if (table.label(one) !== table.label(other)) return false;
    const [a, b] = [one * perRecord, other * perRecord];
    for (let at = 0; at < perRecord; at += wordsPerHash) {
      const high = (words[a + at] as number) ^ (words[b + at] as number);
      const low = (words[a + at + 1] as number) ^ (words[b + at + 1] as number);
      if (countBits(high) + countBits(low) > distance) return false;
    }
    return true;
  };
  const bucket = (record: number, band: number): number => {
    const masks = bands[band] as readonly [number, number];
    const at = record * perRecord + key;
    const [high, low] = [(words[at] as number) & masks[0], (words[at + 1] as number) & masks[1]];
    return (band << bits) + bucketOf(high, low, bits);
  };
  return {
    find(record: number): number | undefined {
      let first: number | undefined;
      for (let band = 0; band < bands.length; band++) {
        let leader = newest[bucket(record, band)] as number;
        for (; leader >= 0; leader = before[band * count + leader] as number) {
          if (leader < (first ?? record) && isNear(leader, record)) first = leader;
        }
      }
      return first;
    },
    add(record: number): void {
      for (let band = 0; band < bands.length; band++) {
        const at = bucket(record, band);
        before[band * count + record] = newest[at] as number;
        newest[at] = record;
      }
    },
  };
}

/**
 * For each record the place of the first one that it is like, which is its own where it is like none before it. A record
 * is compared with the first of each group alone, so groups do not grow by chains. Lets the event loop turn.
 * @param distance Most bits of a hash that differ, from 0 to 64; above 8 the search comes near to comparing all pairs.
 * Up to there, a record takes at most 180 bytes besides its hashes.
 */
export async function groupNear(table: LikenessTable, distance: number): Promise<Int32Array> {
  const leaders = createLeaders(table, distance);
  const first = new Int32Array(table.count());
  for (let record = 0; record < first.length; record++) {
    const leader = leaders.find(record);
    if (leader === undefined) leaders.add(record);
    first[record] = leader ?? record;
    if (record % recordsPerTurn === 0) await setImmediate();
  }
  return first;
}
