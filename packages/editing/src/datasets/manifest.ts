import path from "node:path";
import { readRegular } from "../files/regular-file.ts";
import { writeWhole } from "../files/write-whole.ts";
import { unreadable } from "./faults.ts";
import type { Field } from "./schema.ts";

/** The file that says what a data set holds; shards that it does not name are no part of it. */
export const manifestName = "dataset.json";

/** A shard as a manifest names it. */
export interface ShardFacts {
  /** From the folder of the data set, with forward slashes. */
  readonly path: string;
  readonly records: number;
  readonly bytes: number;
  /** SHA-256 of the file; of a shard that is a folder, over the names and contents of its files. */
  readonly sha256: string;
}

/** What `dataset.json` says. */
export interface DatasetManifest {
  readonly format: "insightgraph-dataset";
  readonly version: 1;
  /** The format of the shards. */
  readonly layout: string;
  readonly fields: readonly Field[];
  readonly records: number;
  /** Whether every item of the source is done or has failed. */
  readonly isComplete: boolean;
  readonly shards: readonly ShardFacts[];
}

/** Reads the manifest of a data set; undefined where the folder has none. Throws: `dataset.unreadable`. */
export async function readManifest(folder: string): Promise<DatasetManifest | undefined> {
  const place = path.join(folder, manifestName);
  let text: string;
  try {
    text = (await readRegular(place)).toString("utf8");
  } catch {
    return undefined;
  }
  try {
    const manifest = JSON.parse(text) as DatasetManifest;
    if (manifest.format === "insightgraph-dataset" && manifest.version === 1) return manifest;
  } catch (cause) {
    throw unreadable(place, "is no JSON", cause);
  }
  throw unreadable(place, "is not the manifest of a data set, or of a newer version");
}

/** Writes the manifest of a data set, whole or not at all. */
export async function writeManifest(
  folder: string,
  content: Pick<DatasetManifest, "layout" | "fields" | "isComplete" | "shards">,
): Promise<void> {
  const records = content.shards.reduce((sum, shard) => sum + shard.records, 0);
  const { layout, fields, isComplete, shards } = content;
  const manifest: DatasetManifest = {
    ...{ format: "insightgraph-dataset", version: 1 },
    ...{ layout, fields, records, isComplete, shards },
  };
  await writeWhole(path.join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}
