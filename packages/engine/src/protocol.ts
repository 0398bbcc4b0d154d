export type {
  ClientMessage,
  NodeEvent,
  RunEnding,
  RunEvent,
  ServerMessage,
  Welcome,
} from "./protocol/messages.ts";
export { type ClientRequest, parseClientMessage } from "./protocol/parse-client-message.ts";
