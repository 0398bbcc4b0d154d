import { defineNode } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { text } from "../port-types/text.ts";

export const textFromBoolean = defineNode({
  type: "text.from-boolean",
  version: 1,
  title: "Yes or no to text",
  doc: 'Writes yes as "true" and no as "false".',
  inputs: { boolean: boolean("Value to write.") },
  params: {},
  outputs: { text: text("true or false.") },
  run: (inputs) => ({ text: String(inputs.boolean) }),
});
