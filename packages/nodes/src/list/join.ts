import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

export const listJoin = defineNode({
  type: "list.join",
  version: 1,
  title: "Join texts",
  doc: "Joins the texts of a list into one text.",
  inputs: { texts: listOf(text)("Texts to join.") },
  params: {
    separator: param.text({ default: "\n", multiline: true, doc: "Text to put between them." }),
  },
  outputs: { text: text("The joined text.") },
  run: ({ texts }, { separator }) => ({ text: texts.join(separator) }),
});
