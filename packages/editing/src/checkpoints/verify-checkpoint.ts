import { stat } from "node:fs/promises";
import { digestFile } from "@insightgraph/models";
import { identityOf } from "./file-identity.ts";
import type { LocatedManifest } from "./locate-checkpoint.ts";
import { type ManifestComponent, type ManifestFile, writeManifest } from "./manifest.ts";
import { fileTitle, placeOf } from "./shared-file.ts";

/** What is wrong with a file. */
export interface FileFault {
  /** In the checkpoint's folder; of a shared file, with the checkpoint that holds it. */
  readonly path: string;
  readonly what: "missing" | "changed";
}

/** Cancellation and progress of a verification. */
export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Digests by place: verifications that share it read a shared file once. */
  readonly digests?: Map<string, string> | undefined;
  onFile?(path: string): void;
}

async function faultOf(
  place: string,
  file: ManifestFile,
  { signal, digests, onFile }: VerifyOptions,
): Promise<FileFault | undefined> {
  const title = fileTitle(file);
  onFile?.(title);
  const found = await stat(place).catch(() => undefined);
  if (found === undefined) return { path: title, what: "missing" };
  if (found.size !== file.bytes) return { path: title, what: "changed" };
  const digest = digests?.get(place) ?? (await digestFile(place, signal));
  digests?.set(place, digest);
  return digest === file.sha256 ? undefined : { path: title, what: "changed" };
}

/** Linked files that were only touched or moved are trusted again from now on. */
async function withIdentities(
  root: string,
  component: ManifestComponent,
): Promise<ManifestComponent> {
  const files: ManifestFile[] = [];
  for (const file of component.files) {
    const { path, bytes, sha256 } = file;
    files.push({ path, bytes, sha256, identity: await identityOf([placeOf(root, file)]) });
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
  for (const [place, file] of new Map(files.map((one) => [placeOf(root, one), one]))) {
    const fault = await faultOf(place, file, options);
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
