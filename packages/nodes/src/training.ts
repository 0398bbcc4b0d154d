export { type ModelVariant, modelVariants } from "./model/variants.ts";
export { exportCheckpoint } from "./train/export-checkpoint.ts";
export { defaultRecipe, type TrainingRecipe } from "./train/recipe.ts";
export { type TrainOptions, trainInsightEdit } from "./train/train-insightedit.ts";
export { openTrainingFolder, type TrainingFolder } from "./train/training-folder.ts";
export type { TrainingLogEntry } from "./train/training-log.ts";
