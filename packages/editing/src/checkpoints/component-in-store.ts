import { type Stats, statSync } from "node:fs";
import path from "node:path";
import { closest } from "fastest-levenshtein";
import { EditingError } from "../errors.ts";
import { nameOf } from "./checkpoint-files.ts";
import {
  type CheckpointComponent,
  holdsPart,
  partNamed,
  unknownPart,
  weightsOrAll,
} from "./component.ts";
import { readConfig } from "./describe-component.ts";
import { identityOf } from "./file-identity.ts";
import { keepUnchanged } from "./keep-unchanged.ts";
import { howToAdd } from "./known-checkpoints.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { type LocatedManifest, locateCheckpoint } from "./locate-checkpoint.ts";
import type { ManifestComponent, ManifestFile } from "./manifest.ts";
import { adapterConfig } from "./plan-folder.ts";
import { checkShared, placeOf } from "./shared-file.ts";

/** A file as it lies there; undefined where it is missing or out of reach. */
function lookAt(place: string): Stats | undefined {
  try {
    return statSync(place);
  } catch {
    return undefined;
  }
}

const identityIn = keepUnchanged((file) => identityOf([file]));

/** Whether a file is the one that was added; copied ones have nothing else to be known by than their size. */
async function isSame(
  place: string,
  { mtimeMs }: Stats,
  { identity, modifiedMs }: ManifestFile,
): Promise<boolean> {
  if (identity !== undefined) return (await identityIn(place)) === identity;
  return modifiedMs === undefined || Math.trunc(mtimeMs) === modifiedMs;
}

/** Size and time tell whether a linked file was changed since it was added, or a copied one damaged. */
async function checkUnchanged(name: string, root: string, file: ManifestFile): Promise<void> {
  if (file.from !== undefined) await checkShared(name, root, { ...file, from: file.from });
  const place = placeOf(root, file);
  const found = lookAt(place);
  if (found === undefined) {
    throw new EditingError("checkpoint.damaged", `${file.path} is missing.`, {
      at: name,
      hint: `Add it again. To list all damaged files: insightgraph models verify ${name}`,
    });
  }
  if (found.size === file.bytes && (await isSame(place, found, file))) return;
  throw new EditingError("checkpoint.damaged", `${file.path} has changed since it was added.`, {
    at: name,
    hint: `To list all changed files: insightgraph models verify ${name}`,
  });
}

async function unknownCheckpoint(store: string, name: string): Promise<EditingError> {
  const what = `there is no checkpoint "${name}".`;
  const known = howToAdd(name);
  if (known !== undefined) return new EditingError("checkpoint.unknown", what, { hint: known });
  const names = (await listCheckpoints(store)).map((known) => known.name);
  const nearest = names.length > 0 ? `Did you mean ${closest(name, names)}? ` : "";
  return new EditingError("checkpoint.unknown", what, {
    hint: `${nearest}To add one: insightgraph models add hf:OWNER/NAME`,
  });
}

async function configIn(root: string, { config }: ManifestComponent) {
  return config === undefined ? {} : readConfig(path.join(root, config));
}

/** The manifest's component of that name, or the one whose config lists it among several networks. */
async function componentNamed(
  { root, manifest }: LocatedManifest,
  part: string,
): Promise<ManifestComponent> {
  const parts = new Map(Object.entries(manifest.components));
  const isBare = ({ config, dtype }: ManifestComponent): boolean =>
    dtype !== undefined && (config === undefined || nameOf(config) === adapterConfig);
  const found = partNamed(parts, part, isBare);
  if (found !== undefined) return found;
  const whole = parts.get("model");
  if (whole !== undefined && holdsPart(await configIn(root, whole), part)) return whole;
  throw unknownPart(manifest.name, part, [...parts.keys()]);
}

/**
 * A part of a checkpoint that was added or that ships.
 * Throws: checkpoint.unknown, checkpoint.part, checkpoint.damaged.
 */
export async function componentInStore(
  store: string,
  name: string,
  part: string,
): Promise<CheckpointComponent> {
  const located = await locateCheckpoint(store, name);
  if (located === undefined) throw await unknownCheckpoint(store, name);
  const { root, manifest } = located;
  const found = await componentNamed(located, part);
  for (const file of found.files) await checkUnchanged(name, root, file);
  const files = weightsOrAll(found.files.map((file) => placeOf(root, file)));
  return {
    folder: path.dirname(files[0] ?? root),
    files,
    configPath: found.config === undefined ? undefined : path.join(root, found.config),
    config: await configIn(root, found),
    className: found.architecture,
    dtype: found.dtype,
    digest: found.digest,
    licence: manifest.licence,
  };
}
