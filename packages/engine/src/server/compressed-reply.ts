import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { fileReply } from "./replies.ts";

const encoders = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
} as const;

type Encoding = keyof typeof encoders;

/** Compressed files by encoding and digest: few, and asked for often. */
const compressed = new Map<string, Promise<Uint8Array>>();
/** An editor that is built again and again in one process does not fill the memory. */
const maxKept = 64;

/**
 * The bytes of a text file, compressed as far as the client can read it. Each file is compressed
 * once.
 */
export async function compressedReply(
  request: Request,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const encoding = encodingFor(request.headers.get("accept-encoding") ?? "");
  const mime = headers["content-type"] ?? "";
  if (encoding === undefined || !/^text\/|javascript|json|svg/.test(mime)) {
    return fileReply(bytes, headers);
  }
  const body = await compress(encoding, bytes);
  return fileReply(body, { ...headers, "content-encoding": encoding, vary: "accept-encoding" });
}

function encodingFor(accepted: string): Encoding | undefined {
  const names = accepted.split(",").map((part) => part.trim());
  const isTaken = (name: string) =>
    names.some(
      (part) => part === name || (part.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(part)),
    );
  return (["br", "gzip"] as const).find(isTaken);
}

function compress(encoding: Encoding, bytes: Uint8Array): Promise<Uint8Array> {
  const key = `${encoding} ${createHash("sha256").update(bytes).digest("base64")}`;
  const known = compressed.get(key);
  if (known !== undefined) return known;
  if (compressed.size >= maxKept) compressed.clear();
  const work = encoders[encoding](bytes);
  compressed.set(key, work);
  return work;
}
