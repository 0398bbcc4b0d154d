export { answerSchema } from "./endpoints/answer-json.ts";
export { type AnswerStore, openAnswerStore } from "./endpoints/answer-store.ts";
export { type AskOptions, askForJson, type ChatAnswer } from "./endpoints/ask-for-json.ts";
export {
  type ChatEndpoint,
  type ChatEndpointSettings,
  parseChatEndpoint,
} from "./endpoints/chat-endpoint.ts";
export type { ChatQuestion } from "./endpoints/chat-message.ts";
export { type ChatUsage, noUsage, sumUsage } from "./endpoints/completion.ts";
export {
  type ConnectionSettings,
  type EndpointConnection,
  parseConnection,
} from "./endpoints/connection.ts";
export { type EditOrder, type EndpointEdit, editByEndpoint } from "./endpoints/edit-picture.ts";
export { isLocal } from "./endpoints/endpoint-key.ts";
export { serverBuild } from "./endpoints/server-build.ts";
export { type SharedTurns, shareTurns } from "./endpoints/shared-turns.ts";
