// Near-duplicates over a million records of three pictures each: time and memory by the most bits that may differ, for
// records that look at random, and for records that look like one of a thousand, which is hard: many share a part of
// their hashes. `npx tsx --conditions=@insightgraph/source test/bench/near-duplicates.ts [RECORDS]`

import { createLikenessTable, groupNear } from "../../packages/editing/src/pairs.ts";

const records = Number(process.argv[2] ?? 1_000_000);
const pictures = 3;
const looks = 1000;
/** How many bits of a hash differ from its look's, at most. */
const strayBits = 12;

/** 32 random bits a call, the same in each run. Source: SplitMix32, after Steele, Lea and Flood, 2014. */
function createRandom() {
  let state = 12_345;
  return (): number => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

function makeTable(isAlike: boolean) {
  const random = createRandom();
  const bases = Array.from({ length: looks * 2 * pictures }, random);
  const digits = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");
  const table = createLikenessTable(pictures);
  for (let record = 0; record < records; record++) {
    const look = random() % looks;
    const hashes = Array.from({ length: pictures }, (_, picture) => {
      if (!isAlike) return digits(random()) + digits(random());
      const at = 2 * (look * pictures + picture);
      const words = [bases[at] ?? 0, bases[at + 1] ?? 0] as [number, number];
      for (let bit = 0; bit < strayBits; bit++) {
        const place = random() % 64;
        words[place >> 5] = (words[place >> 5] ?? 0) ^ (1 << (place & 31));
      }
      return digits(words[0]) + digits(words[1]);
    });
    table.add({ hashes, label: "" });
  }
  return table;
}

for (const isAlike of [false, true]) {
  const table = makeTable(isAlike);
  for (const distance of [0, 4, 6]) {
    const before = process.cpuUsage();
    const first = await groupNear(table, distance);
    const { user, system } = process.cpuUsage(before);
    const found = first.reduce((sum, leader, at) => sum + (leader === at ? 0 : 1), 0);
    console.log(
      `${records} records that look ${isAlike ? "alike" : "at random"}, ${distance} bits: ${((user + system) / 1e6).toFixed(1)} s of processor, ` +
        `${found} near-duplicates, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    );
  }
}
