import type { ChatEndpoint } from "@insightgraph/editing/endpoints";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** A model behind a chat endpoint; limits and prices change no answer. */
export const chat = definePort<ChatEndpoint>("model.chat", {
  ...modelLook,
  hash: ({ address, model, temperature, seed, maxTokens }) =>
    JSON.stringify([address, model, temperature, seed, maxTokens]),
  preview: ({ address, model }) => ({ kind: "text", text: `${model} at ${address}` }),
});
