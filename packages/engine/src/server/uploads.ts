import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { writeFault, writeWhole } from "../cache/write-whole.ts";
import { EngineError, type ErrorCode } from "../errors.ts";
import { pictureEnding } from "./mime-types.ts";
import { readBody } from "./read-body.ts";
import { errorReply, jsonReply } from "./replies.ts";

const maxBytes = 64 * 1024 * 1024;

function tooLarge(): EngineError {
  return new EngineError("server.too-large", "the picture is larger than 64 MB", {
    hint: "Make it smaller, or give its path instead of uploading it.",
  });
}

/** A readable, harmless stem from the name the sender gave. */
function stemOf(fileName: string): string {
  let plain = fileName;
  try {
    plain = decodeURIComponent(fileName);
  } catch {
    // Not percent-encoded: the name is used as it is.
  }
  const stem = path.parse(plain.replaceAll("\\", "/")).name.toLowerCase();
  return (
    stem
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "picture"
  );
}

async function keep(folder: string, bytes: Buffer, fileName: string): Promise<string> {
  const ending = pictureEnding(bytes);
  if (ending === undefined) {
    throw new EngineError("server.not-a-picture", "this file is not a picture", {
      hint: "Use PNG, JPEG, WebP, TIFF, GIF or AVIF.",
    });
  }
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const target = path.join(folder, `${hash}-${stemOf(fileName)}.${ending}`);
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw writeFault(folder, cause);
  }
  await writeWhole(target, [bytes]);
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

/** Stores an uploaded picture under a hash of its content; responds with its path. */
export async function receiveUpload(request: Request, folder: string): Promise<Response> {
  try {
    const bytes = await readBody(request, maxBytes, tooLarge);
    return jsonReply(200, {
      path: await keep(folder, bytes, request.headers.get("x-file-name") ?? ""),
    });
  } catch (thrown) {
    return errorReply(statusOf(thrown), thrown);
  }
}
