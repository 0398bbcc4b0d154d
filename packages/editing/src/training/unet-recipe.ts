import type { AdamWOptions, AverageOptions, LoraShape } from "@insightgraph/models";
import { noteRecipe, parseFields } from "./note-recipe.ts";
import type { TrainingFolder } from "./training-folder.ts";
import type { PairOptions } from "./training-pairs.ts";

/** All that the training of a checkpoint's UNet stands on; equal recipes give equal curves. */
export interface UnetRecipe {
  /** The checkpoint to train, in the layout of Stable Diffusion. */
  readonly checkpoint: string;
  /** Steps in all; more may be asked of a run that was begun. */
  readonly steps: number;
  /** Edits in a step. */
  readonly batch: number;
  /** Side of the pictures in pixels. */
  readonly side: number;
  /** The highest learning rate. */
  readonly rate: number;
  readonly seed: number;
  /** Pairs of a data set; the other rows are composed scenes. @default scenes alone */
  readonly pairs?: PairOptions;
  /** Share of scenes that are drawn as other makers might, 0 to 1. */
  readonly varied: number;
  /** Low-rank branches to train. @default none: all weights move */
  readonly lora?: LoraShape;
}

/** Source: InstructPix2Pix (arXiv:2211.09800), appendix A, for the rate and the weights' average. */
export const unetOptimizer: AdamWOptions = {
  ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  clip: 1,
};

/** How fast the weights that are exported follow those that are trained. */
export const unetAverage: AverageOptions = { decay: 0.999, every: 1, warmUp: 10 };

const fileName = "unet-recipe.json";

/** Notes a recipe in its run's folder, or checks it against the one that the folder holds. Throws: train.recipe. */
export async function keepUnetRecipe(folder: TrainingFolder, recipe: UnetRecipe): Promise<void> {
  const { steps: _, ...wanted } = recipe;
  await noteRecipe(folder, fileName, wanted, (text) => parseFields(text, fileName, folder.path));
}
