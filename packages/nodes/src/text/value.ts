import { defineNode, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

export const textValue = defineNode({
  type: "text.value",
  version: 1,
  title: "Text",
  doc: "A text, such as an instruction.",
  inputs: {},
  params: { text: param.text({ default: "", multiline: true, doc: "The text." }) },
  outputs: { text: text("The text.") },
  run: (_, params) => ({ text: params.text }),
});
