export { drawGallery, paintGallery } from "./scoring/draw-gallery.ts";
export {
  type EvaluatedEdit,
  type EvaluationOptions,
  evaluateEdits,
  usualSampling,
} from "./scoring/evaluate-edits.ts";
export { psnr } from "./scoring/picture-error.ts";
export { printScores } from "./scoring/print-scores.ts";
export {
  type EditResult,
  editSuccess,
  isDone,
  psnrCap,
  type ScoreRow,
  type ScoreTable,
  scoreEdits,
  successThreshold,
} from "./scoring/score-edits.ts";
export { type Interval, wilsonInterval } from "./scoring/wilson-interval.ts";
