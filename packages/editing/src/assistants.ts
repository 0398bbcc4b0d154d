export {
  type Assistant,
  type AssistantRun,
  type Judgement,
  type NamedObject,
  type PairFacts,
  type PairOperation,
  pairOperations,
  type Recaption,
} from "./assistants/assistant.ts";
export { createChatAssistant } from "./assistants/chat-assistant.ts";
export { groundObjects } from "./assistants/ground-objects.ts";
export { judgePair, vieScore } from "./assistants/judge-pair.ts";
export { answerInJson, createLocalAssistant } from "./assistants/local-assistant.ts";
export { createRuleAssistant } from "./assistants/rule-assistant.ts";
export { templateInstructions } from "./assistants/template-instruction.ts";
