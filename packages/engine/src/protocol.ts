export type {
  ClientMessage,
  NodeEvent,
  RunEnding,
  RunEvent,
  ServerMessage,
  Welcome,
} from "./protocol/messages.ts";
