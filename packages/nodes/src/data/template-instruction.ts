import { templateInstructions } from "@insightgraph/editing/assistants";
import { defineNode, listOf } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { text } from "../port-types/text.ts";
import { operationParam, replacementParam } from "./pair-params.ts";

export const dataTemplateInstruction = defineNode({
  type: "data.template-instruction",
  version: 1,
  title: "Template instruction",
  doc: "Writes the plain instruction for an edit, which names the object.",
  inputs: { object: detection("Object that is removed, added or replaced.") },
  params: { operation: operationParam, replacement: replacementParam },
  outputs: {
    instruction: text("Instruction."),
    all: listOf(text)("All wordings: two for a replacement, else one."),
    object: text("Name of the object."),
  },
  run({ object: { label } }, { operation, replacement }) {
    const all = templateInstructions(operation, label, replacement);
    return { instruction: all[0] ?? "", all, object: label };
  },
});
