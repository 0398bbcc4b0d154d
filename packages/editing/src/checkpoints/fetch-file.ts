import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { EditingError } from "../errors.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";

/** Attempts in a row that bring no byte before a file is given up. */
const maxIdleAttempts = 5;
/** Before the second such attempt; doubled before each further one. */
const firstPauseMs = 500;

/** How one file is downloaded. */
export interface FetchFileOptions {
  /** Opens the file's bytes from one on. */
  open(from: number): Promise<Response>;
  readonly signal?: AbortSignal | undefined;
  /** @param done Of the whole file, with what was there. */
  onBytes?(done: number, received: number): void;
  /** @default real time */
  pause?: ((ms: number) => Promise<unknown>) | undefined;
}

interface Digests {
  readonly sha256: Hash;
  /** Git's name, where that is all the hub tells: SHA-1 over a header and the content. */
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

/** Whether an answer begins at the wanted byte; a server may send everything instead. */
function beginsAt(response: Response, from: number): boolean {
  if (response.status !== 206) return from === 0;
  const range = response.headers.get("content-range") ?? "";
  return range.startsWith(`bytes ${from}-`);
}

/** Appends what one answer brings, to its end or to where it is cut. */
async function append(
  response: Response,
  part: string,
  { bytes, digests }: Kept,
  { signal, onBytes }: FetchFileOptions,
): Promise<void> {
  const handle = await open(part, bytes === 0 ? "w" : "a");
  let done = bytes;
  try {
    for await (const piece of response.body ?? []) {
      signal?.throwIfAborted();
      await handle.write(piece);
      digests.sha256.update(piece);
      digests.git?.update(piece);
      done += piece.byteLength;
      onBytes?.(done, piece.byteLength);
    }
    await handle.sync();
  } catch (thrown) {
    signal?.throwIfAborted();
    // A full disk is no cut connection.
    if (thrown instanceof Error && Reflect.get(thrown, "syscall") === "write") throw thrown;
  } finally {
    await handle.close();
  }
}

/** What is there of a file, with the digests of that. */
interface Kept {
  readonly bytes: number;
  readonly digests: Digests;
}

async function keptOf(file: CheckpointFile, part: string): Promise<Kept> {
  const digests = startDigests(file);
  const bytes = await sizeOf(part);
  if (bytes === 0 || bytes > file.bytes) return { bytes: 0, digests };
  await digestPart(part, digests);
  return { bytes, digests };
}

/** One connection. @returns what there is after it */
async function attempt(
  file: CheckpointFile,
  part: string,
  kept: Kept,
  options: FetchFileOptions,
): Promise<Kept> {
  const response = await options.open(kept.bytes);
  const goesOn = beginsAt(response, kept.bytes);
  // A server that sends all of it anyway is listened to from the beginning.
  const from = goesOn ? kept : { bytes: 0, digests: startDigests(file) };
  await append(response, part, from, options);
  return { bytes: await sizeOf(part), digests: from.digests };
}

const isPassing = (thrown: unknown): boolean =>
  thrown instanceof EditingError &&
  (thrown.code === "hub.unreachable" || thrown.code === "hub.failed");

/** Fetches what is missing, connection after connection. Throws: hub.unreachable, hub.failed */
async function fetchRest(
  file: CheckpointFile,
  part: string,
  options: FetchFileOptions,
): Promise<Digests> {
  let kept = await keptOf(file, part);
  let fault: unknown;
  for (let idle = 0; kept.bytes < file.bytes || file.bytes === 0; ) {
    const before = kept.bytes;
    try {
      kept = await attempt(file, part, kept, options);
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown;
      fault = thrown;
    }
    if (kept.bytes >= file.bytes) break;
    idle = kept.bytes > before ? 0 : idle + 1;
    if (idle === maxIdleAttempts) throw fault ?? cutOff(file, kept.bytes);
    if (idle > 0) await (options.pause ?? setTimeout)(firstPauseMs * 2 ** (idle - 1));
  }
  return kept.digests;
}

function cutOff(file: CheckpointFile, bytes: number): EditingError {
  return new EditingError("hub.unreachable", `the connection is cut at byte ${bytes}.`, {
    at: file.path,
    hint: "Run the command again: what has been fetched is kept.",
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
 * Fetches a file beside its place, goes on where an earlier attempt ended, checks it, then moves it there.
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
  const digests = await fetchRest(file, part, options);
  const [sha256, git] = [digests.sha256.digest("hex"), digests.git?.digest("hex")];
  if (isRight(file, await sizeOf(part), sha256, git)) {
    await rename(part, target);
    return sha256;
  }
  await rm(part);
  // What was there before may have been at fault: a crash can leave a file that is long enough but not whole.
  if (isResumed) return fetchFile(file, target, options);
  throw new EditingError("checkpoint.damaged", "what was fetched has another checksum.", {
    at: file.path,
    hint: "It was deleted; run the command again. If that does not help, the hub's copy or the way to it is damaged.",
  });
}
