export { exportCheckpoint } from "./train/export-checkpoint.ts";
export { type TrainOptions, trainInsightEdit } from "./train/train-insightedit.ts";
export { openTrainingFolder, type TrainingFolder } from "./train/training-folder.ts";
