import { readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { digestFile } from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import type { AddProgress } from "./add-folder.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";
import { fetchFile } from "./fetch-file.ts";
import type { HubSnapshot } from "./hub.ts";
import { isRecord } from "./is-record.ts";
import type { ManifestFile } from "./manifest.ts";

/** What is being fetched, and in which version: what an earlier attempt left is known by it. */
const PLAN = "incoming.json";

/** Git's or LFS's name of a content. */
const contentOf = ({ sha256, gitId }: CheckpointFile): string => sha256 ?? gitId ?? "";

/** What an earlier attempt was fetching: path -> content. */
async function readPlan(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path.join(folder, PLAN), "utf8").catch(() => "{}");
  try {
    const plan: unknown = JSON.parse(text);
    return isRecord(plan) ? plan : {};
  } catch {
    return {};
  }
}

async function writePlan(
  folder: string,
  files: readonly CheckpointFile[],
  old: object,
): Promise<void> {
  const plan = { ...old, ...Object.fromEntries(files.map((file) => [file.path, contentOf(file)])) };
  const passing = path.join(folder, `${PLAN}.new`);
  await writeFile(passing, JSON.stringify(plan), { flush: true });
  await rename(passing, path.join(folder, PLAN));
}

/** Throws: checkpoint.space */
async function checkSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (needed <= free) return;
  const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new EditingError(
    "checkpoint.space",
    `${inGigabytes(needed)} are to be fetched, and ${inGigabytes(free)} are free.`,
    {
      at: folder,
      hint: "Free some space, set INSIGHTGRAPH_MODELS to a folder on a larger disk, take --variant fp16, or fewer parts with --only.",
    },
  );
}

interface FileThere {
  readonly whole: number | undefined;
  readonly part: number;
}

/** How much of a file is there: all of it, or the part that an earlier attempt left. */
async function bytesThere(target: string): Promise<FileThere> {
  const [whole, part] = await Promise.all(
    [target, `${target}.part`].map((file) => stat(file).catch(() => undefined)),
  );
  return { whole: whole?.size, part: part?.size ?? 0 };
}

export interface FetchAllOptions {
  /** Where the files go, under their own paths. */
  readonly folder: string;
  readonly snapshot: HubSnapshot;
  /** What the manifest has already. */
  readonly known: ReadonlyMap<string, ManifestFile>;
  readonly signal?: AbortSignal | undefined;
  onProgress?: ((progress: AddProgress) => void) | undefined;
  /** Between attempts that bring nothing. @default real time */
  pause?: ((ms: number) => Promise<unknown>) | undefined;
}

/** Puts away what belongs to another content under the same name. */
async function dropStale(
  { folder, known }: FetchAllOptions,
  files: readonly CheckpointFile[],
  plan: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const file of files) {
    const target = path.join(folder, file.path);
    if (plan[file.path] === contentOf(file)) continue;
    await rm(`${target}.part`, { force: true });
    if (!known.has(file.path)) await rm(target, { force: true });
  }
}

/** Bytes of all files that are not there yet. */
function bytesLeft(files: readonly CheckpointFile[], there: readonly FileThere[]): number {
  return files.reduce((sum, { bytes }, at) => {
    const { whole, part = 0 } = there[at] ?? {};
    return whole === bytes ? sum : sum + bytes - Math.min(part, bytes);
  }, 0);
}

/**
 * Fetches every file that is not there. @returns what the manifest is to say of each
 * Throws: checkpoint.space, checkpoint.damaged, and as the snapshot's `open`
 */
export async function fetchAll(
  files: readonly CheckpointFile[],
  options: FetchAllOptions,
): Promise<ReadonlyMap<string, ManifestFile>> {
  const { folder, snapshot, known, signal, onProgress, pause } = options;
  const plan = await readPlan(folder);
  await dropStale(options, files, plan);
  await writePlan(folder, files, plan);
  const there = await Promise.all(files.map((file) => bytesThere(path.join(folder, file.path))));
  const allTotal = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await checkSpace(folder, bytesLeft(files, there));
  const found = new Map<string, ManifestFile>();
  let [before, received] = [0, 0];
  for (const [at, file] of files.entries()) {
    signal?.throwIfAborted();
    const target = path.join(folder, file.path);
    const report = (done: number, more = 0): void => {
      received += more;
      const { path: name, bytes: total } = file;
      onProgress?.({ path: name, done, total, allDone: before + done, allTotal, received });
    };
    const isThere = there[at]?.whole === file.bytes;
    const sha256 = isThere
      ? (known.get(file.path)?.sha256 ?? file.sha256 ?? (await digestFile(target)))
      : await fetchFile(file, target, {
          open: (from) => snapshot.open(file.path, from),
          signal,
          onBytes: report,
          pause,
        });
    // The last bytes of a fetched one have told it already.
    if (isThere || file.bytes === 0) report(file.bytes);
    before += file.bytes;
    found.set(file.path, { path: file.path, bytes: file.bytes, sha256 });
  }
  return found;
}

/** Once the manifest is written. */
export function forgetPlan(folder: string): Promise<void> {
  return rm(path.join(folder, PLAN), { force: true });
}
