import {
  type AdamWOptions,
  type AverageOptions,
  type InsightEditConfig,
  insightEditMini,
  insightEditNano,
  interactionLosses,
  type LossWeights,
  type TrainingSchedule,
  type TrainingStage,
} from "@insightgraph/models";
import {
  type Branches,
  branchesOf,
  type ModelVariant,
} from "../architectures/insightedit/variants.ts";
import { type ComposeOptions, type ObjectSet, sceneVocabulary } from "../scenes.ts";
import type { DecodingRows, DropRates } from "./scene-batch.ts";
import type { PairOptions } from "./training-pairs.ts";

/** What one stage of training does. */
export interface StageRecipe {
  /** How much each loss counts; one that is left out counts nothing. */
  readonly losses: LossWeights;
  /** The highest learning rate. */
  readonly rate: number;
  /** Steps over which the rate rises. */
  readonly warmUp: number;
  /** Share of the stage's steps over which the rate falls to zero, 0 to 1. */
  readonly coolDown: number;
  /** Number of the stage's first batch; stages differ, so that none repeats the scenes of another. */
  readonly firstBatch: number;
}

/** Names of losses that a recipe may have besides those of the default one. */
export const optionalLosses = ["perceptual"] as const satisfies readonly (keyof LossWeights)[];

/** All that a training run stands on; equal recipes give equal curves. */
export interface TrainingRecipe {
  readonly variant: ModelVariant;
  /** Checkpoint to fine-tune. @default weights drawn by the seed */
  readonly start?: string;
  /** Steps of each stage; more may be asked of a run that was begun. */
  readonly steps: Readonly<Record<TrainingStage, number>>;
  /** Scenes in a step. */
  readonly batch: number;
  /** Of the first weights, and of the scenes: a fine-tuning with another seed sees other ones. */
  readonly seed: number;
  /** Pairs of a data set beside the scenes, in the stages that need no names of objects. @default scenes alone */
  readonly pairs?: PairOptions;
  /** Which objects the scenes show. */
  readonly objects: ObjectSet;
  /** Share of scenes that are drawn as other makers might, 0 to 1. */
  readonly varied: number;
  /** Sizes of the networks. */
  readonly network: InsightEditConfig;
  readonly stages: Readonly<Record<TrainingStage, StageRecipe>>;
  readonly optimizer: AdamWOptions;
  /** The average of the weights, which is what a checkpoint exports. */
  readonly average: AverageOptions;
  /** What is left out at random. */
  readonly drops: DropRates;
  /** How much more errors of the diffused latent and of decoded pixels count inside the edit. */
  readonly maskWeight: number;
  /** What the decoder learns from. */
  readonly decoding: DecodingRows;
  /** Steps in one run of the session; within it, weights and moments stay where the provider keeps them. */
  readonly stepsPerRun: number;
  /** Pictures that the autoencoder is fitted to. */
  readonly autoencoderPictures: number;
}

/** The recipe of the shipped weights. */
export const defaultRecipe: TrainingRecipe = {
  variant: "full",
  steps: { vision: 2500, alignment: 3000, editing: 10_000, decoding: 3000 },
  batch: 32,
  seed: 1,
  objects: "all",
  varied: 0,
  network: insightEditMini(sceneVocabulary.length + 1),
  stages: {
    vision: {
      losses: { cells: 1 },
      rate: 1e-3,
      warmUp: 200,
      coolDown: 0.1,
      firstBatch: 20_000_000,
    },
    // While the place is unknown, drawing is noise that drowns the question where: it comes later.
    alignment: {
      losses: {
        place: 0.5,
        point: 1,
        where: 4,
        gone: 0.3,
        come: 0.3,
        cells: 0.3,
        align: 0.1,
        draft: 0.02,
      },
      rate: 7e-4,
      warmUp: 200,
      coolDown: 0.1,
      firstBatch: 0,
    },
    editing: {
      losses: { point: 1, where: 5, align: 0.2, draft: 0.1, diffusion: 1 },
      rate: 9e-4,
      warmUp: 200,
      coolDown: 0.35,
      firstBatch: 10_000_000,
    },
    decoding: {
      losses: { pixels: 1, structure: 0.1 },
      rate: 7e-4,
      warmUp: 100,
      coolDown: 0.35,
      firstBatch: 30_000_000,
    },
  },
  optimizer: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, clip: 1 },
  average: { decay: 0.999, every: 8, warmUp: 10 },
  // Less than SmartEdit drops, since a dropped row teaches no edit.
  drops: { text: 0.03, source: 0.005, image: 0.05, words: 0.015 },
  maskWeight: 4,
  decoding: { predicted: 0.75, noiseScale: 0.3 },
  stepsPerRun: 4,
  autoencoderPictures: 64,
};

const { vision, alignment, editing, decoding } = defaultRecipe.stages;

/** The recipe of the ablation variants: a smaller network that learns ten objects in few steps. */
export const nanoRecipe: TrainingRecipe = {
  ...defaultRecipe,
  steps: { vision: 500, alignment: 900, editing: 1200, decoding: 0 },
  batch: 16,
  objects: "ten",
  network: insightEditNano(sceneVocabulary.length + 1),
  stages: {
    vision: { ...vision, rate: 2e-3, warmUp: 50 },
    alignment: { ...alignment, rate: 2e-3, warmUp: 50 },
    editing: { ...editing, rate: 2e-3, warmUp: 50 },
    decoding,
  },
  average: { decay: 0.995, every: 8, warmUp: 10 },
};

/** How a recipe is bent without naming a stage. */
export interface RecipeChanges {
  /** Factor on the learning rates of all stages; below 1 for fine-tuning. */
  readonly pace: number;
  /** Weight of ST-LPIPS in the losses of the decoder; 0 leaves it out. */
  readonly perceptual: number;
}

/** The stages of a recipe, changed. */
export function changeStages(
  stages: TrainingRecipe["stages"],
  { pace, perceptual }: RecipeChanges,
): TrainingRecipe["stages"] {
  const paced = (stage: StageRecipe): StageRecipe => ({ ...stage, rate: stage.rate * pace });
  const decoder = paced(stages.decoding);
  return {
    vision: paced(stages.vision),
    alignment: paced(stages.alignment),
    editing: paced(stages.editing),
    decoding:
      perceptual === 0 ? decoder : { ...decoder, losses: { ...decoder.losses, perceptual } },
  };
}

/** Batches between one seed's and the next, and how many seeds have scenes of their own. */
const [batchesPerSeed, distinctSeeds] = [100_000, 100];

/** Number of a stage's first batch; seed 1 begins where the stage does. */
export function firstBatchOf(stage: TrainingStage, { stages, seed }: TrainingRecipe): number {
  return stages[stage].firstBatch + ((seed + distinctSeeds - 1) % distinctSeeds) * batchesPerSeed;
}

/** What a variant changes of a step and of the scenes. */
export interface VariantRules extends Branches {
  readonly scenes: ComposeOptions;
}

/** What a variant trains, and on which scenes. */
export function rulesOf(variant: ModelVariant): VariantRules {
  return {
    ...branchesOf(variant),
    scenes: variant === "simple-only" ? { kinds: ["simple"] } : {},
  };
}

/** The weights of a stage's losses; what the variant lacks is not trained. */
export function lossWeightsOf(stage: TrainingStage, recipe: TrainingRecipe): LossWeights {
  const { hasInteraction, hasAdapter } = rulesOf(recipe.variant);
  const weights = Object.entries(recipe.stages[stage].losses)
    .filter(([name]) => hasInteraction || !interactionLosses.some((loss) => loss === name))
    .map(([name, weight]) => [name, name === "align" && !hasAdapter ? 0 : weight]);
  return Object.fromEntries(weights);
}

/** The learning rate over a stage. */
export function scheduleOf(stage: TrainingStage, recipe: TrainingRecipe): TrainingSchedule {
  const { rate, warmUp, coolDown } = recipe.stages[stage];
  const steps = recipe.steps[stage];
  return { steps, rate, warmUp, coolDown: Math.max(1, Math.round(steps * coolDown)) };
}
