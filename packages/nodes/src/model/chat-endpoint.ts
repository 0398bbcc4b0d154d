import { createChatAssistant } from "@insightgraph/editing/assistants";
import { parseChatEndpoint } from "@insightgraph/editing/endpoints";
import { defineNode, param } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { chat } from "../port-types/model-chat.ts";

export const modelChatEndpoint = defineNode({
  type: "model.chat-endpoint",
  version: 1,
  title: "Chat endpoint",
  doc: "A model behind an OpenAI-compatible chat API: vLLM, Ollama, llama.cpp or a cloud. Pictures are sent to that address.",
  inputs: {},
  params: {
    address: param.text({
      default: "http://127.0.0.1:8000/v1",
      doc: "Address that /chat/completions follows.",
    }),
    model: param.text({ default: "", doc: "Model's name, as the endpoint knows it." }),
    keyVariable: param.text({
      default: "",
      doc: "Name of the environment variable that holds the key, such as OPENAI_API_KEY. Never the key itself. Empty: no key.",
    }),
    temperature: param.number({
      default: 0,
      min: -1,
      max: 2,
      step: 0.1,
      doc: "Randomness of answers. Below 0: the server's own.",
    }),
    seed: param.seed({ default: 0, doc: "Seed of the answers, where the server takes one." }),
    maxTokens: param.integer({
      default: 0,
      min: 0,
      max: 100_000,
      doc: "Most tokens of an answer. 0: as the server allows.",
    }),
    concurrency: param.integer({
      default: 4,
      min: 1,
      max: 256,
      doc: "Most questions at a time to this address.",
    }),
    perMinute: param.number({
      default: 0,
      min: 0,
      max: 100_000,
      doc: "Most questions a minute to this address. 0: any number.",
    }),
    timeout: param.number({
      default: 120,
      min: 1,
      max: 3600,
      doc: "Seconds to wait for an answer.",
    }),
    inputPrice: param.number({
      default: 0,
      min: 0,
      max: 10_000,
      doc: "Price of a million tokens of questions, for the log.",
    }),
    outputPrice: param.number({
      default: 0,
      min: 0,
      max: 10_000,
      doc: "Price of a million tokens of answers, for the log.",
    }),
  },
  outputs: {
    model: assistant("Captions, names, rewords and judges."),
    endpoint: chat("The endpoint itself."),
  },
  run(_, { timeout, inputPrice, outputPrice, ...settings }) {
    const prices = { input: inputPrice, output: outputPrice };
    const endpoint = parseChatEndpoint({ ...settings, timeoutMs: 1000 * timeout, prices });
    return { model: createChatAssistant(endpoint), endpoint };
  },
});
