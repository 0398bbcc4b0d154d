export { type InstructedEdit, paintGallery } from "./scoring/draw-gallery.ts";
export { type EditLists, joinEdits } from "./scoring/join-edits.ts";
export { printScores } from "./scoring/print-scores.ts";
export {
  type EditResult,
  type EditScore,
  editSuccess,
  isDone,
  psnrCap,
  type ScoreRow,
  type ScoreTable,
  scoreEdits,
  successThreshold,
} from "./scoring/score-edits.ts";
export { type Interval, wilsonInterval } from "./scoring/wilson-interval.ts";
