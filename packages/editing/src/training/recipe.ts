import {
  type InsightEditConfig,
  insightEditMini,
  ModelError,
  type TrainingStage,
} from "@insightgraph/models";
import {
  type Branches,
  branchesOf,
  type ModelVariant,
} from "../architectures/insightedit/variants.ts";
import { type ComposeOptions, sceneVocabulary } from "../scenes.ts";
import type { TrainingFolder } from "./training-folder.ts";

/** What a training run is to do; equal recipes give equal curves. */
export interface TrainingRecipe {
  readonly variant: ModelVariant;
  /** Checkpoint to fine-tune. @default weights drawn by the seed */
  readonly start?: string;
  /** Steps of each stage; more may be asked of a run that was begun. */
  readonly steps: Readonly<Record<TrainingStage, number>>;
  /** Scenes in a step. */
  readonly batch: number;
  readonly seed: number;
  /** Sizes of the networks. */
  readonly network: InsightEditConfig;
}

/** The recipe of a run that sets nothing else. */
export const defaultRecipe: TrainingRecipe = {
  variant: "full",
  steps: { vision: 2500, alignment: 3000, editing: 10_000 },
  batch: 32,
  seed: 1,
  network: insightEditMini(sceneVocabulary.length + 1),
};

/** What a variant changes of a step and of the scenes. */
export interface VariantRules extends Branches {
  readonly scenes: ComposeOptions;
}

/** The branches and scenes that a variant is trained with. */
export function rulesOf(variant: ModelVariant): VariantRules {
  return {
    ...branchesOf(variant),
    scenes: variant === "simple-only" ? { kinds: ["simple"] } : {},
  };
}

const fileName = "recipe.json";

/**
 * Notes a recipe in its run's folder, or checks it against the one that the folder holds.
 * Throws: train.recipe where a run of another recipe was begun there.
 */
export async function keepRecipe(folder: TrainingFolder, recipe: TrainingRecipe): Promise<void> {
  const kept = await folder.readText(fileName);
  const { steps: _, ...wanted } = recipe;
  if (kept === undefined) {
    await folder.writeText(fileName, `${JSON.stringify(wanted, null, 2)}\n`);
    return;
  }
  const begun = parseRecipe(kept, folder.path);
  const differing = Object.entries(wanted).find(
    ([name, value]) => JSON.stringify(begun[name]) !== JSON.stringify(value),
  );
  if (differing === undefined) return;
  throw new ModelError(
    "train.recipe",
    `the run in this folder was begun with another ${differing[0]}.`,
    {
      at: folder.path,
      hint: "Ask for the same, or train in another folder.",
    },
  );
}

/** The recipe that a folder's run was begun with. Throws: train.recipe. */
export async function readRecipe(folder: TrainingFolder): Promise<Omit<TrainingRecipe, "steps">> {
  const kept = await folder.readText(fileName);
  const begun = kept === undefined ? undefined : parseRecipe(kept, folder.path);
  if (begun?.["network"] === undefined) {
    throw new ModelError("train.recipe", "no training was begun in this folder.", {
      at: folder.path,
      hint: "Name the folder that `insightgraph train` was given.",
    });
  }
  return begun as unknown as Omit<TrainingRecipe, "steps">;
}

function parseRecipe(text: string, at: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    throw new ModelError("train.recipe", `its ${fileName} is no JSON.`, {
      at,
      hint: "Restore the file, or train in another folder.",
    });
  }
}
