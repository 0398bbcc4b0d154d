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
} from "./protocol/run-event.ts";
