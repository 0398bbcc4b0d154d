import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { createRuleAssistant } from "@insightgraph/editing/assistants";
import { defineNode } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

export const modelRuleAssistant = defineNode({
  type: "model.rule-assistant",
  version: 1,
  title: "Rule-based assistant",
  doc: "Captions, names and rewords by an object detector, tables of words and rules; it needs no language model and cannot judge.",
  inputs: {},
  params: { checkpoint: checkpointParam("nanodet-coco") },
  outputs: { model: assistant("Captions, names and rewords.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "detector")),
  run: async (_, { checkpoint }) => ({
    model: createRuleAssistant(
      await blameParam("checkpoint", () => openPart(checkpoint, "detector")),
    ),
  }),
});
