import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { inputError } from "@insightgraph/engine/node";
import { closest } from "fastest-levenshtein";
import { licenceIn, openFolder } from "./add-folder.ts";
import { CheckpointError } from "./checkpoint-error.ts";
import { checkpointsFolder } from "./checkpoints-folder.ts";
import { classIn, configOf, dtypeOf, readConfig } from "./describe-component.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { isCheckpointName, type ManifestFile, readManifest } from "./manifest.ts";
import { planComponents } from "./plan-components.ts";

/** One part of a checkpoint on this machine. */
export interface CheckpointComponent {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: one .safetensors file or all shards; of a part without weights, its files. */
  readonly files: readonly string[];
  /** Absolute. */
  readonly configPath?: string | undefined;
  /** What the config says; empty where there is none. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly className?: string | undefined;
  /** The type of most of the weights. */
  readonly dtype?: string | undefined;
  /** SHA-256 in hex: equal digests, equal content. */
  readonly digest: string;
  readonly licence?: string | undefined;
}

function checkpointError(what: string, hint: string, cause?: unknown): Error {
  return inputError(what, { param: "checkpoint", hint, cause });
}

function unknownPart(name: string, part: string, parts: readonly string[]): Error {
  const nearest = parts.length > 0 ? `Did you mean ${closest(part, parts)}? ` : "";
  return checkpointError(`${name} has no part "${part}".`, `${nearest}It has ${parts.join(", ")}.`);
}

/** What lone files are asked for as. */
const BARE = ["lora", "ip_adapter"];

function partNamed<T>(
  parts: readonly (readonly [string, T])[],
  wanted: string,
  isBare: (part: T) => boolean,
): T | undefined {
  const found = parts.find(([name]) => name === wanted);
  if (found !== undefined || !BARE.includes(wanted)) return found?.[1];
  const [alone, other] = parts.filter(([, part]) => isBare(part));
  return other === undefined ? alone?.[1] : undefined;
}

const weightsOrAll = (files: readonly string[]): readonly string[] => {
  const weights = files.filter((file) => file.endsWith(".safetensors"));
  return weights.length > 0 ? weights : files;
};

/** A linked file may have been written since; a copied one only damaged. */
async function checkUnchanged(name: string, root: string, file: ManifestFile): Promise<void> {
  const found = await stat(path.join(root, file.path)).catch(() => undefined);
  if (found === undefined) {
    throw checkpointError(
      `${file.path} of ${name} is missing.`,
      `Add it again; insightgraph models verify ${name} lists what is wrong.`,
    );
  }
  const isOld = file.modifiedMs === undefined || Math.trunc(found.mtimeMs) === file.modifiedMs;
  if (found.size === file.bytes && isOld) return;
  throw checkpointError(
    `${file.path} of ${name} has changed since it was added.`,
    `Look with: insightgraph models verify ${name}`,
  );
}

async function fromStore(store: string, name: string, part: string): Promise<CheckpointComponent> {
  const manifest = isCheckpointName(name) ? await readManifest(store, name) : undefined;
  if (manifest === undefined) {
    const names = (await listCheckpoints(store)).map((known) => known.name);
    const nearest = names.length > 0 ? `Did you mean ${closest(name, names)}? ` : "";
    throw checkpointError(
      `there is no checkpoint "${name}".`,
      `${nearest}Add one with: insightgraph models add hf:OWNER/NAME`,
    );
  }
  const parts = Object.entries(manifest.components);
  const found = partNamed(
    parts,
    part,
    ({ config, dtype }) => config === undefined && dtype !== undefined,
  );
  if (found === undefined) throw unknownPart(name, part, Object.keys(manifest.components));
  const root = manifest.folder ?? path.join(store, name);
  for (const file of found.files) await checkUnchanged(name, root, file);
  const configPath = found.config === undefined ? undefined : path.join(root, found.config);
  const files = weightsOrAll(found.files.map((file) => path.join(root, file.path)));
  return {
    folder: path.dirname(files[0] ?? root),
    files,
    configPath,
    config: configPath === undefined ? {} : await readConfig(configPath),
    className: found.architecture,
    dtype: found.dtype,
    digest: found.digest,
    licence: manifest.licence,
  };
}

/** Reading gigabytes for a name would be slow: here sizes and times stand for the content. */
async function identityOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

async function fromFolder(target: string, part: string): Promise<CheckpointComponent> {
  const source = `dir:${target}`;
  const { root, files, modelIndex } = await openFolder(target);
  const usual = planComponents(files, { source, modelIndex });
  const parts = usual.map((planned) => [planned.name, planned] as const);
  const planned = partNamed(parts, part, ({ isBare }) => isBare);
  if (planned === undefined) {
    const names = parts.map(([name]) => name);
    throw unknownPart(source, part, names);
  }
  const own = [...planned.weights, ...planned.others].map((file) => path.join(root, file.path));
  const config = configOf(planned);
  const configPath = config === undefined ? undefined : path.join(root, config);
  const told = configPath === undefined ? {} : await readConfig(configPath);
  return {
    folder: path.join(root, planned.folder),
    files: weightsOrAll(own),
    configPath,
    config: told,
    className: planned.architecture ?? classIn(told),
    dtype: dtypeOf(root, planned, undefined),
    digest: await identityOf(own),
    licence: await licenceIn(root),
  };
}

/**
 * Finds a part of a checkpoint: of an added one by its name, or of a folder that was not added by `dir:PATH`.
 * @param part diffusers' folder name: "unet", "vae", "text_encoder", "tokenizer", "scheduler", …; "lora" or "ip_adapter"
 * for a lone file.
 * Throws: node.bad-input at params.checkpoint
 */
export async function findComponent(
  name: string,
  part: string,
  store: string = checkpointsFolder,
): Promise<CheckpointComponent> {
  try {
    if (!name.startsWith("dir:")) return await fromStore(store, name, part);
    const target = name.slice("dir:".length);
    if (path.isAbsolute(target)) return await fromFolder(target, part);
  } catch (thrown) {
    if (thrown instanceof CheckpointError)
      throw checkpointError(thrown.message, thrown.hint, thrown);
    throw thrown;
  }
  throw checkpointError(`"${name}" is no whole path.`, "Write dir: and a path from the root.");
}
