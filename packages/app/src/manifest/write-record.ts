import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { readRegular, writeWhole } from "@insightgraph/engine/cache";
import { stringifyGraph } from "@insightgraph/engine/graph";
import { graphKeyword, isPng, manifestKeyword, withPngTexts } from "@insightgraph/engine/png";
import { runsDir } from "../places.ts";
import { type EndedRun, manifestFor } from "./make-manifest.ts";
import { isManifestPlace } from "./manifest-place.ts";
import { recordWritten } from "./written-files.ts";

/** How many manifests of runs that wrote no file are kept, the newest of them. */
const maxManifests = 100;
/** Larger pictures carry no graph. */
const maxPictureBytes = 1024 ** 3;
const manifestSuffix = ".manifest.json";

function textOf(run: EndedRun, folder: string): string {
  return `${JSON.stringify(manifestFor(run, folder), null, 2)}\n`;
}

/** Puts graph and manifest into a PNG that the run wrote; other files are left as they are. */
async function carryIn(file: string, run: EndedRun): Promise<void> {
  const bytes = await readRegular(file, maxPictureBytes).catch(() => undefined);
  if (bytes === undefined || !isPng(bytes)) return;
  const folder = path.dirname(file);
  const manifest = manifestFor(run, folder);
  const texts = {
    [graphKeyword]: stringifyGraph(manifest.graph),
    [manifestKeyword]: JSON.stringify(manifest),
  };
  await writeWhole(file, [withPngTexts(bytes, texts)]);
}

async function keepAmongRuns(run: EndedRun): Promise<string> {
  await mkdir(runsDir, { recursive: true });
  const file = path.join(runsDir, `${run.finishedAt.replaceAll(":", "-")}${manifestSuffix}`);
  await writeWhole(file, textOf(run, runsDir));
  // Names begin with the time, so the oldest come first.
  const names = (await readdir(runsDir)).filter((name) => name.endsWith(manifestSuffix)).sort();
  for (const name of names.slice(0, Math.max(0, names.length - maxManifests))) {
    await rm(path.join(runsDir, name), { force: true });
  }
  return file;
}

/** Where the manifest of a run goes: beside the first file that the run wrote. */
function besideFirst(file: string): string {
  return path.join(path.dirname(file), `${path.parse(file).name}${manifestSuffix}`);
}

/** The place asked for, or beside the first file, unless something else is there. */
async function placeFor(
  files: readonly string[],
  target: string | undefined,
): Promise<string | undefined> {
  const [first] = files;
  const place = target ?? (first === undefined ? undefined : besideFirst(first));
  if (place === undefined || files.includes(place)) return undefined;
  return (await isManifestPlace(place)) ? place : undefined;
}

/**
 * Writes a run's manifest, and graph and manifest into the PNGs that it wrote. A manifest that would replace another file is
 * kept among the runs instead.
 * @param target Where the manifest goes. @default beside the first file that was written
 * @returns the manifest's path
 * Throws: `disk.full`, `file.unwritable`.
 */
export async function writeRecord(run: EndedRun, target?: string): Promise<string> {
  const files: string[] = [];
  for (const { node, paths } of run.record.saved) {
    for (const file of paths) {
      await carryIn(file, run);
      await recordWritten(run.graph, node, file);
      files.push(file);
    }
  }
  const place = await placeFor(files, target);
  if (place === undefined) return keepAmongRuns(run);
  await writeWhole(place, textOf(run, path.dirname(place)));
  return place;
}
