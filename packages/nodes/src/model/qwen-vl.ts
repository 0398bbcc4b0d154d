import { chatOf, openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { createLocalAssistant } from "@insightgraph/editing/assistants";
import { defineNode, param } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { languageModel } from "../port-types/model-language.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";
import { weightsParam, withWeights } from "./weights-param.ts";

/** Source: Qwen3-VL (arXiv:2511.21631). */
export const modelQwenVl = defineNode({
  type: "model.qwen-vl",
  version: 1,
  title: "Qwen3-VL",
  doc: "Loads a Qwen3-VL or Qwen3, which reads pictures and texts and answers, on this machine.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("qwen3-vl"),
    weights: weightsParam,
    maxTokens: param.integer({
      default: 512,
      min: 1,
      max: 32_768,
      doc: "Most tokens of an answer as an assistant.",
    }),
  },
  outputs: {
    model: languageModel("Language model."),
    assistant: assistant("Captions, names, rewords and judges."),
  },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "languageModel")),
  async run(_, { checkpoint, weights, maxTokens }) {
    const opened = await blameParam("checkpoint", () => openPart(checkpoint, "languageModel"));
    const model = withWeights(opened, weights);
    return { model, assistant: createLocalAssistant(checkpoint, chatOf(model), { maxTokens }) };
  },
});
