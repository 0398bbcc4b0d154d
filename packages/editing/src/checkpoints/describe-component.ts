import { createHash } from "node:crypto";
import path from "node:path";
import {
  ModelError,
  openFiles,
  openWeights,
  readJsonFile,
  type WeightMap,
} from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import { folderOf, nameOf } from "./checkpoint-files.ts";
import { isRecord } from "./is-record.ts";
import { keepUnchanged } from "./keep-unchanged.ts";
import type { ManifestComponent, ManifestFile } from "./manifest.ts";
import { isIndex, type PlannedComponent } from "./plan-folder.ts";

const configFiles = [
  "config.json",
  "scheduler_config.json",
  "preprocessor_config.json",
  "processor_config.json",
  "adapter_config.json",
  "tokenizer_config.json",
];

async function parseConfig(file: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = await readJsonFile(file);
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    const { what, hint } = thrown;
    throw new EditingError("checkpoint.damaged", what, { at: file, hint, cause: thrown });
  }
  if (isRecord(value)) return value;
  const what = value === undefined ? "the file is missing." : "the file is not a JSON object.";
  throw new EditingError("checkpoint.damaged", what, {
    at: file,
    hint: "Download it again from its source.",
  });
}

/** A config of a checkpoint, which has to be there. Throws: checkpoint.damaged. */
export const readConfig: (file: string) => Promise<Readonly<Record<string, unknown>>> =
  keepUnchanged(parseConfig);

/** The class that a config names, as diffusers or transformers write it. */
export function classIn(config: Readonly<Record<string, unknown>>): string | undefined {
  const { _class_name: own, architectures, tokenizer_class, image_processor_type } = config;
  const first = Array.isArray(architectures) ? architectures[0] : undefined;
  const found = [own, first, tokenizer_class, image_processor_type];
  return found.find((name): name is string => typeof name === "string");
}

/** Path of the component's config, if it has one. */
export function configOf({ others }: PlannedComponent): string | undefined {
  return others
    .map((file) => file.path)
    .filter((file) => configFiles.includes(nameOf(file)))
    .toSorted((a, b) => configFiles.indexOf(nameOf(a)) - configFiles.indexOf(nameOf(b)))[0];
}

/** Whether an index says in which shards the weights are. */
const isSharded = ({ others }: PlannedComponent): boolean =>
  others.some((file) => isIndex(nameOf(file.path)));

/** Shards are opened by their index, which knows of those that are missing. */
function openPlanned(
  root: string,
  planned: PlannedComponent,
  variant: string | undefined,
): WeightMap {
  const { folder, weights } = planned;
  return isSharded(planned)
    ? openWeights(path.join(root, folder), variant).weights
    : openFiles(weights.map((file) => path.join(root, file.path)));
}

/** The type of most of a component's weights. Also checks their headers. Throws: checkpoint.damaged */
export function dtypeOf(
  root: string,
  planned: PlannedComponent,
  variant: string | undefined,
): string | undefined {
  if (planned.weights.length === 0 && !isSharded(planned)) return undefined;
  const bytes = new Map<string, number>();
  try {
    for (const { dtype, span } of openPlanned(root, planned, variant).values()) {
      bytes.set(dtype, (bytes.get(dtype) ?? 0) + (span?.length ?? 0));
    }
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    const place = [planned.name, thrown.at].filter(Boolean).join(": ");
    throw new EditingError("checkpoint.damaged", thrown.what, {
      at: place,
      hint: thrown.hint,
      cause: thrown,
    });
  }
  return [...bytes].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** One digest for a component, independent of where its folder is. */
export function digestFiles(files: readonly ManifestFile[], folder: string): string {
  const hash = createHash("sha256");
  const inner = (file: string): string => (folder === "" ? file : file.slice(folder.length + 1));
  for (const { path: file, sha256 } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${inner(file)}\0${sha256}\n`);
  }
  return hash.digest("hex");
}

/** The manifest's entry for a component whose files are under `root`. Throws: checkpoint.damaged */
export async function describeComponent(
  root: string,
  planned: PlannedComponent,
  files: readonly ManifestFile[],
  variant: string | undefined,
): Promise<ManifestComponent> {
  const config = configOf(planned);
  const content = config === undefined ? {} : await readConfig(path.join(root, config));
  return {
    architecture: planned.architecture ?? classIn(content),
    library: planned.library,
    dtype: dtypeOf(root, planned, variant),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    digest: digestFiles(files, planned.isBare ? folderOf(files[0]?.path ?? "") : planned.folder),
    config,
    files,
  };
}
