import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { digestFile } from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import { readRegular } from "../files/regular-file.ts";
import { type CheckpointFile, listFolder, nameOf } from "./checkpoint-files.ts";
import { describeComponent, readConfig } from "./describe-component.ts";
import { identityOf } from "./file-identity.ts";
import {
  type Manifest,
  type ManifestComponent,
  type ManifestFile,
  readManifest,
  writeManifest,
} from "./manifest.ts";
import { checkModelIndex, planComponents } from "./plan-components.ts";
import { adapterConfig, type PlannedComponent } from "./plan-folder.ts";
import { checkNewName } from "./store-name.ts";

/** Progress while a checkpoint is added. All sizes are in bytes. */
export interface AddProgress {
  /** The current file, relative to the checkpoint's folder. */
  readonly path: string;
  readonly done: number;
  readonly total: number;
  /** Totals over all files. */
  readonly allDone: number;
  readonly allTotal: number;
  /** Bytes that this call has downloaded or read; excludes what was already there. */
  readonly received: number;
}

/** Which folder to add, and under which name. */
export interface AddFolderOptions {
  readonly store: string;
  /** Absolute: a folder, or one .safetensors file. */
  readonly target: string;
  /** @default the folder's own name */
  readonly name?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly variant?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: AddProgress): void;
}

/** The files of a folder and the content of its model_index.json. */
export interface OpenedFolder {
  readonly root: string;
  readonly files: readonly CheckpointFile[];
  readonly modelIndex: Readonly<Record<string, unknown>> | undefined;
}

/** One weights file, with PEFT's configuration where that lies beside it. */
async function openLoneFile(target: string, bytes: number): Promise<OpenedFolder> {
  const root = path.dirname(target);
  const name = path.basename(target);
  // Beside an adapter_model.safetensors, the configuration is that file's.
  const own = [adapterConfig, "adapter_model.safetensors"];
  const beside = (await readdir(root)).filter((other) => own.includes(other) && other !== name);
  const files = [{ path: name, bytes }];
  if (beside.join() === adapterConfig) {
    files.push({ path: adapterConfig, bytes: (await stat(path.join(root, adapterConfig))).size });
  }
  return { root, files, modelIndex: undefined };
}

/** Lists a checkpoint's folder, or a single file as one. Throws: checkpoint.unreadable, checkpoint.damaged */
export async function openFolder(target: string): Promise<OpenedFolder> {
  try {
    const found = await stat(target);
    if (found.isFile()) return await openLoneFile(target, found.size);
    const files = await listFolder(target);
    const hasIndex = files.some((file) => file.path === "model_index.json");
    const modelIndex = hasIndex
      ? checkModelIndex(await readConfig(path.join(target, "model_index.json")), `dir:${target}`)
      : undefined;
    return { root: target, files, modelIndex };
  } catch (cause) {
    if (cause instanceof EditingError) throw cause;
    throw new EditingError("checkpoint.unreadable", "there is no such folder.", {
      at: `dir:${target}`,
      hint: "Check the path.",
      cause,
    });
  }
}

/** The licence in the front matter of a model card. */
export async function licenceIn(root: string): Promise<string | undefined> {
  const card = await readRegular(path.join(root, "README.md")).catch(() => "");
  const [, head = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(String(card)) ?? [];
  return /^license:\s*["']?([\w.+-]+)/m.exec(head)?.[1];
}

async function digestPlanned(
  { root }: OpenedFolder,
  parts: readonly PlannedComponent[],
  { signal, onProgress }: AddFolderOptions,
): Promise<ReadonlyMap<string, ManifestFile>> {
  const files = parts.flatMap(({ weights, others }) => [...weights, ...others]);
  const allTotal = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const found = new Map<string, ManifestFile>();
  let allDone = 0;
  for (const { path: file, bytes } of files) {
    // Taken before the digest, so that a file that changes in between counts as changed.
    const identity = await identityOf([path.join(root, file)]);
    const sha256 = await digestFile(path.join(root, file), signal);
    found.set(file, { path: file, bytes, sha256, identity });
    allDone += bytes;
    onProgress?.({ path: file, done: bytes, total: bytes, allDone, allTotal, received: allDone });
  }
  return found;
}

/**
 * Adds a folder by reference; no file is copied.
 * Throws: checkpoint.name, checkpoint.exists, checkpoint.part, checkpoint.pickle, checkpoint.damaged, checkpoint.unreadable
 */
export async function addFolder(options: AddFolderOptions): Promise<Manifest> {
  const { store, target, only, variant } = options;
  const source = `dir:${target}`;
  const name = checkNewName(options.name ?? nameOf(target).replace(/\.safetensors$/, ""), source);
  const before = await readManifest(store, name);
  if (before !== undefined && before.source !== source) throw existsError(name, before.source);
  const opened = await openFolder(target);
  const { root, files, modelIndex } = opened;
  const parts = planComponents(files, { source, modelIndex, only, variant });
  const digested = await digestPlanned(opened, parts, options);
  const components: Record<string, ManifestComponent> = {};
  for (const part of parts) {
    const own = [...part.weights, ...part.others]
      .map((file) => digested.get(file.path))
      .filter((file) => file !== undefined);
    components[part.name] = await describeComponent(root, part, own, variant);
  }
  const manifest: Manifest = {
    format: "insightgraph-checkpoint",
    version: 1,
    name,
    source,
    pipeline: pipelineOf(modelIndex),
    licence: await licenceIn(root),
    folder: root,
    components,
  };
  await mkdir(path.join(store, name), { recursive: true });
  await writeManifest(store, manifest);
  return manifest;
}

/** The pipeline class that a model_index.json names. */
export function pipelineOf(modelIndex: OpenedFolder["modelIndex"]): string | undefined {
  const named = modelIndex?.["_class_name"];
  return typeof named === "string" ? named : undefined;
}

/** The error for a name that another checkpoint already has. */
export function existsError(name: string, source: string): EditingError {
  return new EditingError("checkpoint.exists", `the name is already used for ${source}.`, {
    at: name,
    hint: `Choose another name with --as NAME, or remove that checkpoint: insightgraph models remove ${name}`,
  });
}
