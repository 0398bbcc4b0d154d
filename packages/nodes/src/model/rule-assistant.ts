import { createRuleAssistant } from "@insightgraph/editing/assistants";
import { defineNode } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { detector } from "../port-types/model-detector.ts";

export const modelRuleAssistant = defineNode({
  type: "model.rule-assistant",
  version: 1,
  title: "Rule-based assistant",
  doc: "Captions, names and rewords by a detector, tables of words and rules; it needs no language model and cannot judge.",
  inputs: { detector: detector("Finds the objects that captions name.") },
  params: {},
  outputs: { model: assistant("Captions, names and rewords.") },
  run: ({ detector: finder }) => ({ model: createRuleAssistant(finder) }),
});
