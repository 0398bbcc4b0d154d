export { type JobState, type JobSummary, jobStates } from "./protocol/job-summary.ts";
export type {
  ClientMessage,
  RunIdentity,
  RunReport,
  RunSnapshot,
  ServerMessage,
  Welcome,
} from "./protocol/messages.ts";
export { type ClientRequest, parseClientMessage } from "./protocol/parse-client-message.ts";
export {
  isEnding,
  type NodeEvent,
  type OfRun,
  type RunEnding,
  type RunEvent,
  type SequencedEvent,
} from "./protocol/run-event.ts";
