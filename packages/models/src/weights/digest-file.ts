import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** SHA-256 of a file's content in hex, read in pieces. */
export async function digestFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  const pieces = createReadStream(file, {
    highWaterMark: 4 * 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  });
  for await (const piece of pieces) hash.update(piece as Uint8Array);
  return hash.digest("hex");
}
