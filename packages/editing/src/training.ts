export { type ModelVariant, modelVariants } from "./architectures/insightedit/variants.ts";
export { describeEntry } from "./training/describe-entry.ts";
export { exportCheckpoint } from "./training/export-checkpoint.ts";
export { paintCurve } from "./training/paint-curve.ts";
export { defaultRecipe, nanoRecipe, type TrainingRecipe } from "./training/recipe.ts";
export { type TrainOptions, trainInsightEdit } from "./training/train-insightedit.ts";
export { openTrainingFolder, type TrainingFolder } from "./training/training-folder.ts";
export type { TrainingLogEntry } from "./training/training-log.ts";
export { parseTrainingLog } from "./training/training-log.ts";
