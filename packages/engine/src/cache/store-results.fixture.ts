import type { Codecs } from "./codecs.ts";
import type { StoredResult } from "./store.ts";

/** How the values of `resultOf` become bytes. */
export const contractCodecs: Codecs = new Map([
  ["bytes", { encode: (value) => value as Uint8Array, decode: (bytes) => new Uint8Array(bytes) }],
]);

export function resultOf(bytes: number, hash: string): StoredResult {
  const value = new Uint8Array(bytes).fill(7);
  return { outputs: { out: { value, hash, portType: "bytes" } }, previews: {} };
}
