import { mkdir, readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { digestFile } from "@insightgraph/models";
import { type AddProgress, existsError, pipelineOf } from "./add-folder.ts";
import { whileLocked } from "./add-lock.ts";
import { CheckpointError } from "./checkpoint-error.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";
import { describeComponent, readConfig } from "./describe-component.ts";
import { fetchFile } from "./fetch-file.ts";
import { type HubOptions, type HubSnapshot, openSnapshot } from "./hub.ts";
import {
  type Manifest,
  type ManifestComponent,
  type ManifestFile,
  readManifest,
  writeManifest,
} from "./manifest.ts";
import { checkModelIndex, planComponents } from "./plan-components.ts";
import type { PlannedComponent } from "./plan-folder.ts";
import { isRecord } from "./python-json.ts";
import { checkNewName } from "./store-name.ts";

export interface AddFromHubOptions extends HubOptions {
  readonly store: string;
  /** `OWNER/NAME`. */
  readonly id: string;
  readonly revision?: string | undefined;
  /** @default the repository's own name */
  readonly name?: string | undefined;
  readonly only?: readonly string[] | undefined;
  /** Precision to prefer, as `fp16`. */
  readonly variant?: string | undefined;
  onProgress?(progress: AddProgress): void;
  /** Between attempts that bring nothing. @default real time */
  pause?: ((ms: number) => Promise<unknown>) | undefined;
}

const PLAN = "incoming.json";
const MODEL_INDEX = "model_index.json";

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
  throw new CheckpointError(
    "checkpoint.space",
    `${inGigabytes(needed)} are to be fetched, and ${inGigabytes(free)} are free.`,
    {
      at: folder,
      hint: "Free some space, set INSIGHTGRAPH_MODELS to a folder on a larger disk, take --variant fp16, or fewer parts with --only.",
    },
  );
}

/** How much of a file is there: all of it, or the part that an earlier attempt left. */
async function bytesThere(target: string): Promise<{ whole: number | undefined; part: number }> {
  const [whole, part] = await Promise.all(
    [target, `${target}.part`].map((file) => stat(file).catch(() => undefined)),
  );
  return { whole: whole?.size, part: part?.size ?? 0 };
}

/** Files of the checkpoint that are known to be right, and what is still to come. */
interface Work {
  readonly folder: string;
  readonly snapshot: HubSnapshot;
  /** Digests of what the manifest has already. */
  readonly known: ReadonlyMap<string, ManifestFile>;
  readonly options: AddFromHubOptions;
}

/** Puts away what belongs to another content under the same name. */
async function dropStale(
  { folder, known }: Work,
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

/** Fetches every file that is not there. @returns what the manifest is to say of each */
async function fetchAll(
  work: Work,
  files: readonly CheckpointFile[],
): Promise<ReadonlyMap<string, ManifestFile>> {
  const { folder, snapshot, known, options } = work;
  const plan = await readPlan(folder);
  await dropStale(work, files, plan);
  await writePlan(folder, files, plan);
  const there = await Promise.all(files.map((file) => bytesThere(path.join(folder, file.path))));
  const left = files.map((file, at) => {
    const { whole, part = 0 } = there[at] ?? {};
    return whole === file.bytes ? 0 : file.bytes - Math.min(part, file.bytes);
  });
  const allTotal = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await checkSpace(
    folder,
    left.reduce((sum, bytes) => sum + bytes, 0),
  );
  const found = new Map<string, ManifestFile>();
  let [before, received] = [0, 0];
  for (const [at, file] of files.entries()) {
    options.signal?.throwIfAborted();
    const target = path.join(folder, file.path);
    const report = (done: number, more = 0): void => {
      received += more;
      const { path: name, bytes: total } = file;
      options.onProgress?.({ path: name, done, total, allDone: before + done, allTotal, received });
    };
    const sha256 =
      there[at]?.whole === file.bytes
        ? (known.get(file.path)?.sha256 ?? file.sha256 ?? (await digestFile(target)))
        : await fetchFile(file, target, {
            open: (from) => snapshot.open(file.path, from),
            signal: options.signal,
            onBytes: report,
            pause: options.pause,
          });
    report(file.bytes);
    before += file.bytes;
    found.set(file.path, { path: file.path, bytes: file.bytes, sha256 });
  }
  return found;
}

const filesOf = ({ weights, others }: PlannedComponent): readonly CheckpointFile[] => [
  // Small ones first: what is wrong with a config is known before the long wait.
  ...others,
  ...weights,
];

async function readModelIndex(
  work: Work,
  source: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const listed = work.snapshot.files.find((file) => file.path === MODEL_INDEX);
  if (listed === undefined) return undefined;
  await fetchAll(work, [listed]);
  return checkModelIndex(await readConfig(path.join(work.folder, MODEL_INDEX)), source);
}

function checkSame(manifest: Manifest | undefined, source: string, commit: string): void {
  if (manifest === undefined) return;
  if (manifest.source !== source) throw existsError(manifest.name, manifest.source);
  if (manifest.commit !== commit) throw existsError(manifest.name, `${source}@${manifest.commit}`);
}

async function addLocked(name: string, options: AddFromHubOptions): Promise<Manifest> {
  const { store, id, revision, only, variant } = options;
  const source = `hf:${id}`;
  const folder = path.join(store, name);
  const before = await readManifest(store, name);
  if (before !== undefined && before.source !== source) throw existsError(name, before.source);
  const snapshot = await openSnapshot({ id, revision }, options);
  checkSame(before, source, snapshot.commit);
  const known = new Map(
    Object.values(before?.components ?? {}).flatMap(({ files }) =>
      files.map((file) => [file.path, file]),
    ),
  );
  const work = { folder, snapshot, known, options };
  const modelIndex = await readModelIndex(work, source);
  const parts = planComponents(snapshot.files, { source, modelIndex, only, variant });
  const fetched = await fetchAll(work, [...new Set(parts.flatMap(filesOf))]);
  const components: Record<string, ManifestComponent> = { ...before?.components };
  for (const part of parts) {
    const own = filesOf(part)
      .map((file) => fetched.get(file.path))
      .filter((file) => file !== undefined);
    components[part.name] = await describeComponent(folder, part, own, variant);
  }
  const manifest: Manifest = {
    format: "insightgraph-checkpoint",
    version: 1,
    name,
    source,
    commit: snapshot.commit,
    pipeline: pipelineOf(modelIndex),
    licence: snapshot.licence,
    components,
  };
  await writeManifest(store, manifest);
  await rm(path.join(folder, PLAN), { force: true });
  return manifest;
}

/**
 * Fetches a repository's parts into the store. Killed or cut off at any point, the same call goes on from there; a
 * checkpoint that was there before gains the parts that it lacks.
 * Throws: hub.offline, hub.unreachable, hub.token, hub.gated, hub.missing, hub.failed, checkpoint.name, checkpoint.exists,
 * checkpoint.busy, checkpoint.part, checkpoint.pickle, checkpoint.damaged, checkpoint.space
 */
export async function addFromHub(options: AddFromHubOptions): Promise<Manifest> {
  const { store, id } = options;
  const name = checkNewName(options.name ?? id.slice(id.indexOf("/") + 1), `hf:${id}`);
  await mkdir(store, { recursive: true });
  return whileLocked(path.join(store, name), () => addLocked(name, options));
}
