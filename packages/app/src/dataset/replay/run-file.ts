import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ColumnMapping } from "@insightgraph/editing/datasets";
import { writeWhole } from "@insightgraph/editing/files";
import { EngineError } from "@insightgraph/engine/errors";
import { pathFrom } from "../../manifest/graph-files.ts";

/** Where a run over a data set reads. */
export interface RunPlaces {
  /** A path, or `seeds:N`. */
  readonly source: string;
  readonly mapping: ColumnMapping;
  /** Where relative paths in the graph start. */
  readonly folder: string;
}

const fileName = "run.json";
const head = { format: "insightgraph-dataset-run", version: 1 } as const;

/** Whether a source is made of numbers and lies nowhere. */
export function isSeeds(source: string): boolean {
  return source.startsWith("seeds:");
}

/** Whether a text is the `dataset.json` of a data set. */
export function isDatasetManifest(text: string): boolean {
  return text.slice(0, 200).includes('"format": "insightgraph-dataset"');
}

/** Says beside a data set where its run reads, with paths that start in its own folder. */
export async function writeRunFile(sink: string, places: RunPlaces): Promise<void> {
  const { source, mapping, folder } = places;
  const content = {
    ...head,
    source: isSeeds(source) ? source : pathFrom(sink, source),
    mapping,
    folder: pathFrom(sink, folder),
  };
  await writeWhole(path.join(sink, fileName), `${JSON.stringify(content, null, 2)}\n`);
}

/** Where the run of a data set read. Throws: `manifest.shape`. */
export async function readRunFile(sink: string): Promise<RunPlaces> {
  const file = path.join(sink, fileName);
  try {
    const { format, version, ...places } = JSON.parse(await readFile(file, "utf8")) as RunPlaces &
      Record<keyof typeof head, unknown>;
    if (format === head.format && version === head.version) {
      const { source, mapping, folder } = places;
      const place = isSeeds(source) ? source : path.resolve(sink, source);
      return { source: place, mapping, folder: path.resolve(sink, folder) };
    }
  } catch (cause) {
    throw unknownRun(file, cause);
  }
  throw unknownRun(file);
}

function unknownRun(file: string, cause?: unknown): EngineError {
  return new EngineError("manifest.shape", `"${file}" does not say where the run read`, {
    hint: "Give the dataset.json of a data set that this version of InsightGraph made.",
    cause,
  });
}
