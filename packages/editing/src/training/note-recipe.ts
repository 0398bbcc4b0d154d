import { isDeepStrictEqual } from "node:util";
import { ModelError } from "@insightgraph/models";
import { isRecord } from "../checkpoints/is-record.ts";
import type { TrainingFolder } from "./training-folder.ts";

/** A recipe as JSON holds it. */
export type RecipeFields = Readonly<Record<string, unknown>>;

/** A fault of a run's recipe. */
export function recipeError(what: string, at: string, hint: string): ModelError {
  return new ModelError("train.recipe", what, { at, hint });
}

/** The fields of a recipe's file. Throws: train.recipe. */
export function parseFields(text: string, fileName: string, at: string): RecipeFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isRecord(value)) return value;
  throw notRecipe(fileName, at);
}

/** What a file that holds no recipe is refused with. */
export function notRecipe(fileName: string, at: string): ModelError {
  const hint = "Restore the file, or train in another folder.";
  return recipeError(`its ${fileName} is not a recipe.`, at, hint);
}

/**
 * Notes a recipe in its run's folder, or checks it against the one that the folder holds.
 * @param parse Reads that one.
 * Throws: train.recipe where a run of another recipe was begun there.
 */
export async function noteRecipe(
  folder: TrainingFolder,
  fileName: string,
  wanted: RecipeFields,
  parse: (text: string) => RecipeFields,
): Promise<void> {
  const kept = await folder.readText(fileName);
  if (kept === undefined) {
    await folder.writeText(fileName, `${JSON.stringify(wanted, null, 2)}\n`);
    return;
  }
  const begun = parse(kept);
  const names = new Set([...Object.keys(begun), ...Object.keys(wanted)]);
  const differing = [...names].find((name) => !isDeepStrictEqual(begun[name], wanted[name]));
  if (differing === undefined) return;
  const hint = "Ask for the same, or train in another folder.";
  throw recipeError(
    `the run in this folder was begun with another ${differing}.`,
    folder.path,
    hint,
  );
}
