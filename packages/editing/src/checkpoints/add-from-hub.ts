import { mkdir } from "node:fs/promises";
import path from "node:path";
import { decodeJson, ModelError } from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import { type AddProgress, existsError, pipelineOf } from "./add-folder.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";
import { describeComponent } from "./describe-component.ts";
import { fetchAll, forgetPlan } from "./fetch-all.ts";
import { type HubOptions, type HubSnapshot, openSnapshot } from "./hub.ts";
import { type Manifest, type ManifestComponent, readManifest, writeManifest } from "./manifest.ts";
import { checkModelIndex, planComponents } from "./plan-components.ts";
import type { PlannedComponent } from "./plan-folder.ts";
import { checkNewName } from "./store-name.ts";
import { whileAdding } from "./while-adding.ts";

/** Which repository to add, and under which name. */
export interface AddFromHubOptions extends HubOptions {
  readonly store: string;
  /** `OWNER/NAME`. */
  readonly id: string;
  readonly revision?: string | undefined;
  /** @default the repository's own name */
  readonly name?: string | undefined;
  readonly only?: readonly string[] | undefined;
  /** Precision to prefer, such as `fp16`. */
  readonly variant?: string | undefined;
  onProgress?(progress: AddProgress): void;
  /** How long a connection may send nothing. @default a minute */
  readonly stallMs?: number | undefined;
  /** Waits between failed attempts. @default real time */
  pause?: ((ms: number) => Promise<unknown>) | undefined;
}

const modelIndexFile = "model_index.json";
/** Bytes; far more than any real model_index.json has. */
const maxModelIndexBytes = 1_000_000;

const filesOf = ({ weights, others }: PlannedComponent): readonly CheckpointFile[] => [
  // Small files first, so that a broken config is found before the long download.
  ...others,
  ...weights,
];

/** Read before anything is written, so that an unusable repository leaves nothing behind. */
async function readModelIndex(
  { files, open }: HubSnapshot,
  source: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const listed = files.find((file) => file.path === modelIndexFile);
  if (listed === undefined || listed.bytes > maxModelIndexBytes) return undefined;
  const response = await open(modelIndexFile, 0);
  try {
    return checkModelIndex(
      decodeJson(new Uint8Array(await response.arrayBuffer()), modelIndexFile),
      source,
    );
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    const { what, hint } = thrown;
    throw new EditingError("checkpoint.damaged", `${modelIndexFile}: ${what}`, {
      at: source,
      hint,
      cause: thrown,
    });
  }
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
  const modelIndex = await readModelIndex(snapshot, source);
  const parts = planComponents(snapshot.files, { source, modelIndex, only, variant });
  const index = snapshot.files.filter((file) => file.path === modelIndexFile);
  const needed = [...new Set([...index, ...parts.flatMap(filesOf)])];
  const fetched = await fetchAll(needed, { ...options, folder, snapshot, known });
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
  await forgetPlan(folder);
  return manifest;
}

/**
 * Downloads parts of a repository into the store. The same call resumes an interrupted download, and adds missing parts
 * to a checkpoint that is already there.
 * Throws: hub.offline, hub.unreachable, hub.token, hub.gated, hub.missing, hub.failed, checkpoint.name, checkpoint.exists,
 * checkpoint.busy, checkpoint.part, checkpoint.pickle, checkpoint.damaged, checkpoint.space
 */
export async function addFromHub(options: AddFromHubOptions): Promise<Manifest> {
  const { store, id } = options;
  const name = checkNewName(options.name ?? id.slice(id.indexOf("/") + 1), `hf:${id}`);
  await mkdir(store, { recursive: true });
  return whileAdding(path.join(store, name), () => addLocked(name, options));
}
