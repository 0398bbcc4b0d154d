import { stat } from "node:fs/promises";
import path from "node:path";
import { digestFile } from "@insightgraph/models";
import { identityOf } from "./file-identity.ts";
import type { LocatedManifest } from "./locate-checkpoint.ts";
import { type ManifestComponent, type ManifestFile, writeManifest } from "./manifest.ts";

/** What is wrong with a file. */
export interface FileFault {
  readonly path: string;
  readonly what: "missing" | "changed";
}

/** Cancellation and progress of a verification. */
export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  onFile?(path: string): void;
}

async function faultOf(
  root: string,
  { path: file, bytes, sha256 }: ManifestFile,
  { signal, onFile }: VerifyOptions,
): Promise<FileFault | undefined> {
  onFile?.(file);
  const found = await stat(path.join(root, file)).catch(() => undefined);
  if (found === undefined) return { path: file, what: "missing" };
  const isSame =
    found.size === bytes && (await digestFile(path.join(root, file), signal)) === sha256;
  return isSame ? undefined : { path: file, what: "changed" };
}

/** Linked files that were only touched or moved are trusted again from now on. */
async function withIdentities(
  root: string,
  component: ManifestComponent,
): Promise<ManifestComponent> {
  const files: ManifestFile[] = [];
  for (const { path: file, bytes, sha256 } of component.files) {
    files.push({ path: file, bytes, sha256, identity: await identityOf([path.join(root, file)]) });
  }
  return { ...component, files };
}

/** Reads every file of a checkpoint and compares its digest. @returns the files that are missing or changed */
export async function verifyCheckpoint(
  store: string,
  { root, manifest }: LocatedManifest,
  options: VerifyOptions = {},
): Promise<readonly FileFault[]> {
  const files = Object.values(manifest.components).flatMap((component) => component.files);
  const faults: FileFault[] = [];
  for (const file of new Map(files.map((one) => [one.path, one])).values()) {
    const fault = await faultOf(root, file, options);
    if (fault !== undefined) faults.push(fault);
  }
  if (faults.length === 0 && manifest.folder !== undefined) {
    const components: Record<string, ManifestComponent> = {};
    for (const [name, component] of Object.entries(manifest.components)) {
      components[name] = await withIdentities(root, component);
    }
    await writeManifest(store, { ...manifest, components });
  }
  return faults;
}
