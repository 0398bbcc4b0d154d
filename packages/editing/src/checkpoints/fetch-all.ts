import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { digestFile } from "@insightgraph/models";
import type { AddProgress } from "./add-folder.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";
import { fetchFile } from "./fetch-file.ts";
import type { HubSnapshot } from "./hub.ts";
import { isRecord } from "./is-record.ts";
import type { ManifestFile } from "./manifest.ts";
import { requireSpace } from "./require-space.ts";

/** Lists the files being downloaded and their content ids, to recognise what an earlier attempt left. */
const planFile = "incoming.json";

/** Content id of a file: LFS's SHA-256 or Git's object id. */
const contentOf = ({ sha256, gitId }: CheckpointFile): string => sha256 ?? gitId ?? "";

/** Files of an earlier attempt: path -> content id. */
async function readPlan(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path.join(folder, planFile), "utf8").catch(() => "{}");
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
  const passing = path.join(folder, `${planFile}.new`);
  await writeFile(passing, JSON.stringify(plan), { flush: true });
  await rename(passing, path.join(folder, planFile));
}

interface LocalFile {
  readonly whole: number | undefined;
  readonly part: number;
}

/** Bytes of a file on disk: all of it, or the part that an earlier attempt left. */
async function localBytes(target: string): Promise<LocalFile> {
  const [whole, part] = await Promise.all(
    [target, `${target}.part`].map((file) => stat(file).catch(() => undefined)),
  );
  return { whole: whole?.size, part: part?.size ?? 0 };
}

/** Where files come from and go to. */
export interface FetchAllOptions {
  /** Destination folder; files keep their relative paths. */
  readonly folder: string;
  readonly snapshot: HubSnapshot;
  /** Files that the manifest already lists. */
  readonly known: ReadonlyMap<string, ManifestFile>;
  readonly signal?: AbortSignal | undefined;
  onProgress?: ((progress: AddProgress) => void) | undefined;
  /** How long a connection may send nothing. @default a minute */
  readonly stallMs?: number | undefined;
  /** Waits between failed attempts. @default real time */
  pause?: ((ms: number) => Promise<unknown>) | undefined;
}

/** Removes files and partial downloads whose content is outdated. */
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

/** Bytes that remain to be downloaded. */
function bytesLeft(files: readonly CheckpointFile[], local: readonly LocalFile[]): number {
  return files.reduce((sum, { bytes }, at) => {
    const { whole, part = 0 } = local[at] ?? {};
    return whole === bytes ? sum : sum + bytes - Math.min(part, bytes);
  }, 0);
}

/**
 * Downloads every missing file. @returns the manifest's entries
 * Throws: checkpoint.space, checkpoint.damaged, and as the snapshot's `open`
 */
export async function fetchAll(
  files: readonly CheckpointFile[],
  options: FetchAllOptions,
): Promise<ReadonlyMap<string, ManifestFile>> {
  const { folder, snapshot, known, signal, onProgress, stallMs, pause } = options;
  const plan = await readPlan(folder);
  await dropStale(options, files, plan);
  await writePlan(folder, files, plan);
  const local = await Promise.all(files.map((file) => localBytes(path.join(folder, file.path))));
  const allTotal = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await requireSpace(folder, bytesLeft(files, local), "the download");
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
    const isLocal = local[at]?.whole === file.bytes;
    const sha256 = isLocal
      ? (known.get(file.path)?.sha256 ?? file.sha256 ?? (await digestFile(target)))
      : await fetchFile(file, target, {
          open: (from) => snapshot.open(file.path, from),
          signal,
          onBytes: report,
          stallMs,
          pause,
        });
    // A download has already reported its last bytes.
    if (isLocal || file.bytes === 0) report(file.bytes);
    before += file.bytes;
    found.set(file.path, { path: file.path, bytes: file.bytes, sha256 });
  }
  return found;
}

/** Removes the list of files being downloaded, once the manifest is written. */
export function forgetPlan(folder: string): Promise<void> {
  return rm(path.join(folder, planFile), { force: true });
}
