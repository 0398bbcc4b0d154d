export { drawGallery } from "./evaluation/draw-gallery.ts";
export {
  type EvaluatedEdit,
  type EvaluationOptions,
  evaluateEdits,
  usualSampling,
} from "./evaluation/evaluate-edits.ts";
export { psnr } from "./evaluation/picture-error.ts";
export { printScores } from "./evaluation/print-scores.ts";
export {
  type EditResult,
  editSuccess,
  isDone,
  psnrCap,
  type ScoreRow,
  type ScoreTable,
  scoreEdits,
  successThreshold,
} from "./evaluation/score-edits.ts";
export { type Interval, wilsonInterval } from "./evaluation/wilson-interval.ts";
