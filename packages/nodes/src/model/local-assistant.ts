import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { createLocalAssistant } from "@insightgraph/editing/assistants";
import { defineNode, param } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

/** Source: SmolVLM (arXiv:2504.05299). */
export const modelLocalAssistant = defineNode({
  type: "model.local-assistant",
  version: 1,
  title: "Local vision model",
  doc: "Captions, names, rewords and judges by a small vision-language model on this machine, from its ONNX export. Nothing leaves the machine.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("smolvlm-500m-instruct"),
    maxTokens: param.integer({
      default: 512,
      min: 1,
      max: 8192,
      doc: "Most tokens of an answer.",
    }),
  },
  outputs: { model: assistant("Captions, names, rewords and judges.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "visualChat")),
  run: async (_, { checkpoint, maxTokens }) => {
    const chat = await blameParam("checkpoint", () => openPart(checkpoint, "visualChat"));
    return { model: createLocalAssistant(checkpoint, chat, { maxTokens }) };
  },
});
