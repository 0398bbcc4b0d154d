import { type AskOptions, askForJson } from "../endpoints/ask-for-json.ts";
import type { ChatEndpoint } from "../endpoints/chat-endpoint.ts";
import { type AskModel, createAskingAssistant } from "./asking-assistant.ts";
import type { Assistant } from "./assistant.ts";

/** Asks an endpoint, and logs what it took. */
function asker(endpoint: ChatEndpoint, store: AskOptions["store"]): AskModel {
  return async (question, { signal, log }) => {
    const { value, usage, isKept } = await askForJson(endpoint, question, { signal, store });
    const cost = usage.cost === 0 ? "" : `, ${usage.cost.toFixed(4)} in all`;
    log(
      isKept
        ? `${endpoint.model}: the answer was kept from earlier.`
        : `${endpoint.model}: ${usage.inputTokens} + ${usage.outputTokens} tokens${cost}.`,
    );
    return value;
  };
}

/** An assistant behind a chat endpoint; what needs pictures needs a model that takes them. */
export function createChatAssistant(
  endpoint: ChatEndpoint,
  { store }: Pick<AskOptions, "store"> = {},
): Assistant {
  return createAskingAssistant(endpoint.model, asker(endpoint, store));
}
