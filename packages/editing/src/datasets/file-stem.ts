import { createHash } from "node:crypto";

const maxLength = 80;

/**
 * A file name without dots for a record's key: the key itself where that is one, else a readable part
 * of it with a digest, so that two keys never share a name.
 */
export function fileStem(key: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(key) && key.length <= maxLength) return key;
  const plain = key.replace(/[^A-Za-z0-9_-]+/g, "-").slice(-maxLength);
  return `${plain}-${createHash("sha256").update(key).digest("hex").slice(0, 12)}`;
}
