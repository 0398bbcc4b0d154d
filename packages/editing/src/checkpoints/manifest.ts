import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { decodeJson, ModelError } from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import { isRecord } from "./is-record.ts";
import { keepUnchanged } from "./keep-unchanged.ts";

/** A file of a checkpoint, as the manifest records it. */
export interface ManifestFile {
  /** Relative to the checkpoint's folder, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** The checkpoint of the same store that holds the file, if this one only shares it. */
  readonly from?: string | undefined;
  /** What a linked file was known by when it was last read whole, as `identityOf` gives it; a copied one has none. */
  readonly identity?: string | undefined;
  /** When a linked file was last written, in milliseconds: how manifests knew linked files before `identity`. */
  readonly modifiedMs?: number | undefined;
}

/** A part of a checkpoint, as the manifest records it. */
export interface ManifestComponent {
  /** Its class, such as `UNet2DConditionModel`. */
  readonly architecture?: string | undefined;
  readonly library?: string | undefined;
  /** The type of most of its weights. */
  readonly dtype?: string | undefined;
  /** Size of its own files; what it shares counts where it lies. */
  readonly bytes: number;
  /** SHA-256 over its files' names and digests. */
  readonly digest: string;
  /** Path of its config file. */
  readonly config?: string | undefined;
  readonly files: readonly ManifestFile[];
}

/** Content of a checkpoint's `manifest.json`, described in docs/models.md. */
export interface Manifest {
  readonly format: "insightgraph-checkpoint";
  readonly version: 1;
  readonly name: string;
  /** `hf:OWNER/NAME` or `dir:PATH`. */
  readonly source: string;
  /** The downloaded commit. */
  readonly commit?: string | undefined;
  /** The pipeline's class. */
  readonly pipeline?: string | undefined;
  readonly licence?: string | undefined;
  /** Folder of the files, if they are not beside the manifest. */
  readonly folder?: string | undefined;
  readonly components: Readonly<Record<string, ManifestComponent>>;
}

const manifestFile = "manifest.json";

/** Whether a name is valid: it is also a folder name, so one plain segment. */
export function isCheckpointName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,99}$/.test(name) && !name.endsWith(".");
}

/** Whether a path is relative and stays inside its folder. */
export function isInnerPath(file: string): boolean {
  const isPlain = (part: string): boolean => /^[\w+@=, ()[\]-][\w.+@=, ()[\]-]*$/.test(part);
  return file.length < 500 && file.split("/").every(isPlain);
}

const isHolder = (from: unknown): boolean =>
  from === undefined || (typeof from === "string" && isCheckpointName(from));

function isFile(value: unknown): value is ManifestFile {
  return (
    isRecord(value) &&
    typeof value["path"] === "string" &&
    isInnerPath(value["path"]) &&
    Number.isSafeInteger(value["bytes"]) &&
    typeof value["sha256"] === "string" &&
    isHolder(value["from"])
  );
}

function isComponent(value: unknown): value is ManifestComponent {
  if (!isRecord(value) || !Array.isArray(value["files"])) return false;
  const { config } = value;
  const isPlaced = config === undefined || (typeof config === "string" && isInnerPath(config));
  return typeof value["digest"] === "string" && isPlaced && value["files"].every(isFile);
}

function isManifest(value: unknown): value is Manifest {
  return (
    isRecord(value) &&
    value["format"] === "insightgraph-checkpoint" &&
    value["version"] === 1 &&
    typeof value["name"] === "string" &&
    typeof value["source"] === "string" &&
    isRecord(value["components"]) &&
    Object.values(value["components"]).every(isComponent)
  );
}

/** Throws: checkpoint.unreadable, checkpoint.damaged. */
async function parseFile(file: string): Promise<Manifest | undefined> {
  const name = path.basename(path.dirname(file));
  const bytes = await readFile(file).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return undefined;
    throw new EditingError("checkpoint.unreadable", `${manifestFile} cannot be read.`, {
      at: name,
      hint: `Check that ${file} can be read.`,
      cause: thrown,
    });
  });
  if (bytes === undefined) return undefined;
  const refuse = (what: string, cause?: unknown): EditingError =>
    new EditingError("checkpoint.damaged", what, {
      at: name,
      hint: "Remove the checkpoint and add it again.",
      cause,
    });
  let value: unknown;
  try {
    value = decodeJson(bytes, file);
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    throw refuse(`${manifestFile}: ${thrown.what}`, thrown);
  }
  if (isManifest(value)) return value;
  throw refuse(`this version cannot read its ${manifestFile}.`);
}

/** Every fingerprint of a model looks at its manifest, so a run of many items would read it for each. */
const readKept = keepUnchanged(parseFile);

/** The manifest of a checkpoint, or undefined where none has been written. Throws: checkpoint.unreadable, checkpoint.damaged. */
export function readManifest(store: string, name: string): Promise<Manifest | undefined> {
  return readKept(path.join(store, name, manifestFile));
}

/** Writes a manifest atomically. */
export async function writeManifest(store: string, manifest: Manifest): Promise<void> {
  const file = path.join(store, manifest.name, manifestFile);
  const passing = `${file}.${process.pid}.new`;
  await writeFile(passing, `${JSON.stringify(manifest, undefined, 2)}\n`, { flush: true });
  await rename(passing, file);
}
