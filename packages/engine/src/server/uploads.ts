import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { writeFault, writeWhole } from "../cache/write-whole.ts";
import { EngineError, type ErrorCode, toWireError } from "../errors.ts";
import { makeRoom } from "./make-room.ts";
import { pictureEnding } from "./mime-types.ts";
import { readBody } from "./read-body.ts";
import { errorReply, jsonReply } from "./replies.ts";

const maxBytes = 64 * 1024 * 1024;

function tooLarge(): EngineError {
  return new EngineError("server.too-large", "the picture is larger than 64 MB", {
    hint: "Make it smaller, or give its path instead of uploading it.",
  });
}

/** Most bytes of a name; file systems take 255, with its ending. */
const maxNameBytes = 200;
/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The name that people gave the picture, without its folders, its ending and what no file system takes. */
function stemOf(fileName: string): string {
  let plain = fileName;
  try {
    plain = decodeURIComponent(fileName);
  } catch {
    // Not percent-encoded: the name is used as it is.
  }
  const { name } = path.posix.parse(plain.normalize("NFC").replaceAll("\\", "/"));
  const stem = shorten(name.replace(/[\p{C}<>:"/\\|?*]+/gu, " ").replace(/^[\s.]+|[\s.]+$/g, ""));
  return stem === "" || reserved.test(stem) ? "picture" : stem;
}

/** As much of a name as fits, without half a character. */
function shorten(name: string): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join("")) > maxNameBytes) characters.pop();
  return characters.join("").trim();
}

/** Makes harmless bytes of a picture's. */
export type CleanPicture = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Where uploads are kept, and what becomes of them. */
export interface UploadOptions {
  readonly uploadsDir: string;
  readonly cleanPicture?: CleanPicture;
}

function notAPicture(what: string, hint: string, cause?: unknown): EngineError {
  return new EngineError("server.not-a-picture", what, { hint, cause });
}

/** The picture's pixels as a PNG, where the server can make one. Throws: `server.not-a-picture`. */
async function toKept(bytes: Buffer, clean: CleanPicture | undefined) {
  const ending = pictureEnding(bytes);
  const usable = "Use PNG, JPEG, WebP, TIFF, GIF or AVIF.";
  if (ending === undefined) throw notAPicture("this file is not a picture", usable);
  if (clean === undefined) return { ending, content: bytes };
  try {
    return { ending: "png", content: await clean(bytes) };
  } catch (cause) {
    const { what } = toWireError(cause);
    throw notAPicture(`this picture cannot be read: ${what}`, usable, cause);
  }
}

async function keep(
  { uploadsDir, cleanPicture }: UploadOptions,
  bytes: Buffer,
  fileName: string,
): Promise<string> {
  const { ending, content } = await toKept(bytes, cleanPicture);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  // A folder for each content leaves the picture the name that people know it by.
  const folder = path.join(uploadsDir, hash);
  const target = path.join(folder, `${stemOf(fileName)}.${ending}`);
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw writeFault(folder, cause);
  }
  await makeRoom(uploadsDir, content.byteLength);
  await writeWhole(target, [content]);
  return target;
}

const statusByCode: Partial<Record<ErrorCode, number>> = {
  "server.too-large": 413,
  "server.not-a-picture": 415,
  "disk.full": 507,
};

function statusOf(thrown: unknown): number {
  return (thrown instanceof EngineError ? statusByCode[thrown.code] : undefined) ?? 500;
}

/** Stores an uploaded picture under its own name, in a folder named by a hash of its content; responds with its path. */
export async function receiveUpload(request: Request, options: UploadOptions): Promise<Response> {
  try {
    const bytes = await readBody(request, maxBytes, tooLarge);
    return jsonReply(200, {
      path: await keep(options, bytes, request.headers.get("x-file-name") ?? ""),
    });
  } catch (thrown) {
    return errorReply(statusOf(thrown), thrown);
  }
}
