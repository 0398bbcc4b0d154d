import { isRecord } from "../checkpoints/is-record.ts";
import {
  noteRecipe,
  notRecipe,
  parseFields,
  type RecipeFields,
  recipeError,
} from "./note-recipe.ts";
import { defaultRecipe, optionalLosses, type TrainingRecipe } from "./recipe.ts";
import type { TrainingFolder } from "./training-folder.ts";

/** What a run's folder keeps of its recipe: the steps may grow. */
export type KeptRecipe = Omit<TrainingRecipe, "steps">;

const fileName = "recipe.json";
const { steps: _, ...defaults } = defaultRecipe;

/** What every stage's losses may be called. */
const lossNames = new Set<string>([
  ...Object.values(defaultRecipe.stages).flatMap(({ losses }) => Object.keys(losses)),
  ...optionalLosses,
]);

/**
 * Notes a recipe in its run's folder, or checks it against the one that the folder holds.
 * Throws: train.recipe where a run of another recipe was begun there.
 */
export async function keepRecipe(folder: TrainingFolder, recipe: TrainingRecipe): Promise<void> {
  const { steps: _, ...wanted } = recipe;
  await noteRecipe(folder, fileName, wanted, (text) => parseRecipe(text, folder.path));
}

/** The recipe that a folder's run was begun with. Throws: train.recipe. */
export async function readRecipe(folder: TrainingFolder): Promise<KeptRecipe> {
  const kept = await folder.readText(fileName);
  if (kept !== undefined) return parseRecipe(kept, folder.path);
  throw recipeError(
    "no training was begun in this folder.",
    folder.path,
    "Name the folder that `insightgraph train` was given.",
  );
}

/** A recipe file; what an older one does not say is as it was then. Throws: train.recipe. */
function parseRecipe(text: string, at: string): KeptRecipe {
  const value = parseFields(text, fileName, at);
  if (!isRecord(value["network"])) throw notRecipe(fileName, at);
  return filled(
    value,
    { ...defaults, start: undefined, pairs: undefined },
    "",
    at,
  ) as unknown as KeptRecipe;
}

/** The fields of a recipe with defaults for those it lacks. Throws: train.recipe for an unknown name. */
function filled(value: RecipeFields, known: RecipeFields, place: string, at: string): RecipeFields {
  checkNames(Object.keys(value), new Set(Object.keys(known)), place, at);
  const entries = Object.entries(known).map(([name, preset]) => {
    const given = value[name];
    const inner = place === "" ? name : `${place}.${name}`;
    if (given === undefined) return [name, preset] as const;
    // The networks' own readers check their sizes.
    if (inner === "network" || !isRecord(given) || !isRecord(preset)) return [name, given] as const;
    if (name !== "losses") return [name, filled(given, preset, inner, at)] as const;
    checkNames(Object.keys(given), lossNames, inner, at);
    return [name, given] as const;
  });
  return Object.fromEntries(entries.filter(([, field]) => field !== undefined));
}

function checkNames(
  names: readonly string[],
  known: ReadonlySet<string>,
  place: string,
  at: string,
): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const full = place === "" ? unknown : `${place}.${unknown}`;
  throw recipeError(
    `its ${fileName} has the unknown name "${full}".`,
    at,
    `Known there are ${[...known].join(", ")}.`,
  );
}
