import { closest } from "fastest-levenshtein";
import { EditingError } from "../errors.ts";
import { type CheckpointFile, folderOf, nameOf } from "./checkpoint-files.ts";
import { isRecord } from "./is-record.ts";
import {
  adapterConfig,
  isCanonical,
  isPickle,
  isShard,
  isWeights,
  type PlannedComponent,
  type Planner,
  type PlanOptions,
  pick,
  pickleError,
  planBeside,
  planFolder,
} from "./plan-folder.ts";
import { graphsOf } from "./plan-graphs.ts";

/** Large parts that nothing here uses; added only by name. */
const unusedParts = ["safety_checker"];

/** Part name of a single weights file; `a.fp16.safetensors` becomes a.fp16. */
function bareName(file: string): string {
  return nameOf(file).replace(/\.safetensors$/, "");
}

interface Candidates {
  readonly planners: ReadonlyMap<string, Planner>;
  /** Parts to add when none are named. */
  readonly usual: readonly string[];
}

/** A unique part name: the folder's name, or its whole path if that is ambiguous. */
function shortName(folder: string, folders: readonly string[]): string {
  const isAlone = folders.filter((other) => nameOf(other) === nameOf(folder)).length === 1;
  return isAlone ? nameOf(folder) : folder.replaceAll("/", "-");
}

function candidatesOf(files: readonly CheckpointFile[], { modelIndex }: PlanOptions): Candidates {
  const folders = [...new Set(files.map(({ path }) => folderOf(path)))];
  const planners = new Map<string, Planner>();
  const bare: string[] = [];
  for (const folder of folders) {
    const inside = files.filter(({ path }) => folderOf(path) === folder);
    const name = folder === "" ? "model" : shortName(folder, folders);
    const planner = planFolder(name, folder, inside, graphsOf(folder, files));
    if (planner !== undefined) planners.set(name, planner);
    if (folder === "" && modelIndex === undefined) {
      for (const [beside, plan] of planBeside(folder, inside)) planners.set(beside, plan);
    }
    for (const file of inside) {
      if (!isWeights(file.path) || isShard(file.path)) continue;
      if (isCanonical(nameOf(file.path)) && planner !== undefined) continue;
      const stem = bareName(file.path);
      const key = planners.has(stem) ? file.path.replaceAll("/", "-") : stem;
      const others = planner === undefined ? pick(inside, [adapterConfig]) : [];
      planners.set(key, () => ({ name: key, folder, isBare: true, weights: [file], others }));
      bare.push(key);
    }
  }
  if (modelIndex === undefined) {
    const isOneBare = bare.length === 1;
    const usual = [...planners.keys()].filter((name) => isOneBare || !bare.includes(name));
    return { planners, usual: bare.length > 1 ? [] : usual };
  }
  const usual = Object.entries(modelIndex)
    .filter(([name, value]) => isClass(value) && !unusedParts.includes(name) && planners.has(name))
    .map(([name]) => name);
  return { planners, usual };
}

const isClass = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string";

function chooseNames(
  { planners, usual }: Candidates,
  { only, source }: PlanOptions,
): readonly string[] {
  const names = [...planners.keys()];
  const shown = names.slice(0, 30).join(", ");
  for (const name of only ?? []) {
    if (planners.has(name)) continue;
    throw new EditingError("checkpoint.part", `there is no part "${name}".`, {
      at: source,
      hint:
        names.length === 0
          ? "The repository has no usable parts."
          : `Did you mean ${closest(name, names)}? Parts: ${shown}.`,
    });
  }
  if (only !== undefined && only.length > 0) return only;
  if (usual.length > 0) return usual;
  throw new EditingError(
    "checkpoint.part",
    names.length === 0 ? "nothing here can be used." : "it holds several weights files.",
    {
      at: source,
      hint:
        names.length === 0
          ? "Expected a diffusers or transformers repository, ONNX files beside a config.json, or .safetensors files."
          : `Choose with --only: ${shown}.`,
    },
  );
}

/**
 * Groups a repository's files into parts, by the layouts of diffusers and transformers.
 * Throws: checkpoint.part, checkpoint.pickle
 */
export function planComponents(
  files: readonly CheckpointFile[],
  options: PlanOptions,
): readonly PlannedComponent[] {
  const pickle = files.find(({ path }) => isPickle(path));
  const candidates = candidatesOf(files, options);
  if (candidates.planners.size === 0 && pickle !== undefined) {
    throw pickleError(options.source, "the checkpoint", pickle.path);
  }
  return chooseNames(candidates, options).map((name) => {
    const planned = candidates.planners.get(name)?.(options);
    if (planned === undefined) throw new RangeError(name);
    const named = options.modelIndex?.[name];
    return isClass(named) ? { ...planned, library: named[0], architecture: named[1] } : planned;
  });
}

/** Checks that a model_index.json holds an object. Throws: checkpoint.damaged */
export function checkModelIndex(value: unknown, source: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw new EditingError("checkpoint.damaged", "model_index.json is not a JSON object.", {
    at: source,
    hint: "Download it again from its source.",
  });
}
