export type {
  DocumentMessage,
  DocumentState,
  DocumentSummary,
  FileVersion,
  GraphFile,
  Patch,
} from "./protocol/document.ts";
export {
  type JobMarks,
  type JobState,
  type JobSummary,
  jobStates,
} from "./protocol/job-summary.ts";
export type {
  ClientMessage,
  RunIdentity,
  RunReport,
  RunSnapshot,
  ServerMessage,
  Welcome,
} from "./protocol/messages.ts";
export { decodeFrame, encodeFrame, joinPictures } from "./protocol/preview-frames.ts";
export { createProgressMemory, type NodeProgressed } from "./protocol/progress-delta.ts";
export {
  isEnding,
  type NodeEvent,
  type OfRun,
  type RunEnding,
  type RunEvent,
  type SequencedEvent,
} from "./protocol/run-event.ts";
