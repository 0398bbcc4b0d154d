import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { EditingError } from "../errors.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";

/** Attempts in a row without a single byte before the download fails. */
const maxIdleAttempts = 5;
/** Pause before the second such attempt; doubles before each further one. */
const firstPauseMs = 500;
/** A connection that sends nothing for this long is given up. */
const defaultStallMs = 60_000;

/** How one file is downloaded. */
export interface FetchFileOptions {
  /** Opens the file from a byte offset on. */
  open(from: number): Promise<Response>;
  readonly signal?: AbortSignal | undefined;
  /** @param done Bytes of the file on disk, including earlier attempts. */
  onBytes?(done: number, received: number): void;
  /** How long a connection may send nothing. @default a minute */
  readonly stallMs?: number | undefined;
  /** @default real time */
  pause?: ((ms: number) => Promise<unknown>) | undefined;
}

interface Digests {
  readonly sha256: Hash;
  /** Git's object id, if the hub gives no SHA-256: SHA-1 over a header and the content. */
  readonly git: Hash | undefined;
}

function startDigests({ bytes, sha256 }: CheckpointFile): Digests {
  const git = sha256 === undefined ? createHash("sha1").update(`blob ${bytes}\0`) : undefined;
  return { sha256: createHash("sha256"), git };
}

async function digestPart(part: string, digests: Digests): Promise<void> {
  for await (const piece of createReadStream(part, { highWaterMark: 4 * 1024 * 1024 })) {
    digests.sha256.update(piece as Uint8Array);
    digests.git?.update(piece as Uint8Array);
  }
}

const sizeOf = async (file: string): Promise<number> => {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
};

/** Whether a response starts at the requested byte; a server may send the whole file instead. */
function beginsAt(response: Response, from: number): boolean {
  if (response.status !== 206) return from === 0;
  const range = response.headers.get("content-range") ?? "";
  return range.startsWith(`bytes ${from}-`);
}

/** The pieces of a body, up to where it ends or stalls; the connection is closed where reading stops. */
async function* piecesOf(response: Response, stallMs: number): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const stall = new Promise<undefined>((resolve) => {
        timer = globalThis.setTimeout(() => resolve(undefined), stallMs);
      });
      const read = await Promise.race([reader.read(), stall]);
      clearTimeout(timer);
      if (read?.value === undefined) return;
      yield read.value;
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => {});
  }
}

function tooLong(file: CheckpointFile): EditingError {
  return new EditingError("checkpoint.damaged", `the hub sends more than ${file.bytes} bytes.`, {
    at: file.path,
    hint: "The file was deleted. The hub's copy is not the one that it lists.",
  });
}

/** Appends a response body to the partial file, up to where the connection breaks. Throws: checkpoint.damaged */
async function append(
  response: Response,
  file: CheckpointFile,
  { part, bytes, digests }: PartialFile & { readonly part: string },
  { signal, onBytes, stallMs = defaultStallMs }: FetchFileOptions,
): Promise<void> {
  const handle = await open(part, bytes === 0 ? "w" : "a");
  let done = bytes;
  try {
    for await (const piece of piecesOf(response, stallMs)) {
      signal?.throwIfAborted();
      if (done + piece.byteLength > file.bytes) throw tooLong(file);
      await handle.write(piece);
      digests.sha256.update(piece);
      digests.git?.update(piece);
      done += piece.byteLength;
      onBytes?.(done, piece.byteLength);
    }
    await handle.sync();
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof EditingError) throw thrown;
    // Write errors, such as a full disk, are not connection errors.
    if (thrown instanceof Error && Reflect.get(thrown, "syscall") === "write") throw thrown;
  } finally {
    await handle.close();
  }
}

/** A partial download and the digests of its bytes. */
interface PartialFile {
  readonly bytes: number;
  readonly digests: Digests;
}

async function resumeFrom(file: CheckpointFile, part: string): Promise<PartialFile> {
  const digests = startDigests(file);
  const bytes = await sizeOf(part);
  if (bytes === 0 || bytes > file.bytes) return { bytes: 0, digests };
  await digestPart(part, digests);
  return { bytes, digests };
}

/** Downloads over one connection. */
async function attempt(
  file: CheckpointFile,
  part: string,
  partial: PartialFile,
  options: FetchFileOptions,
): Promise<PartialFile> {
  const response = await options.open(partial.bytes);
  const isResumed = beginsAt(response, partial.bytes);
  // A server that ignores ranges sends the whole file, so the download starts over.
  const from = isResumed ? partial : { bytes: 0, digests: startDigests(file) };
  await append(response, file, { ...from, part }, options);
  return { bytes: await sizeOf(part), digests: from.digests };
}

const isTransient = (thrown: unknown): boolean =>
  thrown instanceof EditingError &&
  (thrown.code === "hub.unreachable" || thrown.code === "hub.failed");

/** Downloads the missing bytes, with as many connections as it takes. Throws: hub.unreachable, hub.failed */
async function fetchRest(
  file: CheckpointFile,
  part: string,
  options: FetchFileOptions,
): Promise<Digests> {
  let partial = await resumeFrom(file, part);
  let fault: unknown;
  for (let idle = 0; partial.bytes < file.bytes || file.bytes === 0; ) {
    const before = partial.bytes;
    try {
      partial = await attempt(file, part, partial, options);
    } catch (thrown) {
      if (!isTransient(thrown)) throw thrown;
      fault = thrown;
    }
    if (partial.bytes >= file.bytes) break;
    idle = partial.bytes > before ? 0 : idle + 1;
    if (idle === maxIdleAttempts) throw fault ?? cutOff(file, partial.bytes);
    if (idle > 0) await (options.pause ?? setTimeout)(firstPauseMs * 2 ** (idle - 1));
  }
  return partial.digests;
}

function cutOff(file: CheckpointFile, bytes: number): EditingError {
  return new EditingError("hub.unreachable", `the connection broke at byte ${bytes}.`, {
    at: file.path,
    hint: "Run the command again to resume the download.",
  });
}

function isRight(
  file: CheckpointFile,
  size: number,
  sha256: string,
  git: string | undefined,
): boolean {
  if (size !== file.bytes) return false;
  if (file.sha256 !== undefined) return sha256 === file.sha256;
  return file.gitId === undefined || git === file.gitId;
}

/**
 * Downloads a file to a temporary name, resumes an earlier attempt, verifies the checksum, then renames it.
 * @returns its SHA-256 in hex
 * Throws: checkpoint.damaged, hub.unreachable
 */
export async function fetchFile(
  file: CheckpointFile,
  target: string,
  options: FetchFileOptions,
): Promise<string> {
  const part = `${target}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  const isResumed = (await sizeOf(part)) > 0;
  const digests = await fetchRest(file, part, options).catch(async (thrown: unknown) => {
    // What is wrong with the file itself does not get better by resuming.
    if (thrown instanceof EditingError && thrown.code === "checkpoint.damaged") await rm(part);
    throw thrown;
  });
  const [sha256, git] = [digests.sha256.digest("hex"), digests.git?.digest("hex")];
  if (isRight(file, await sizeOf(part), sha256, git)) {
    await rename(part, target);
    return sha256;
  }
  await rm(part);
  // The earlier attempt may be at fault: a crash can leave a file of full length with missing blocks.
  if (isResumed) return fetchFile(file, target, options);
  throw new EditingError("checkpoint.damaged", "the downloaded file has the wrong checksum.", {
    at: file.path,
    hint: "The file was deleted; run the command again. If this repeats, the hub's copy or the connection is damaged.",
  });
}
