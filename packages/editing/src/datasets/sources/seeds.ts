import type { AddressedSource } from "../record.ts";

/** Records that hold nothing but a number each, from 0, for graphs that make their own pictures. */
export function openSeeds(count: number): AddressedSource {
  const digits = String(Math.max(0, count - 1)).length;
  return {
    format: "seeds",
    count: async () => count,
    async *items() {
      for (let seed = 0; seed < count; seed++) {
        const key = String(seed).padStart(digits, "0");
        yield { key, version: "", address: key, load: async () => ({ seed }) };
      }
    },
    loadAt: async (address) => ({ seed: Number(address) }),
  };
}
