import { createHash } from "node:crypto";

/** A seed of 31 bits for an item's key, the same each time. */
export function seedOf(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE() >>> 1;
}
