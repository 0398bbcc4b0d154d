import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

export const listJoin = defineNode({
  type: "list.join",
  version: 1,
  title: "Join texts",
  doc: "All texts of a list as one text.",
  inputs: { texts: listOf(text)("The texts.") },
  params: {
    separator: param.text({ default: "\n", multiline: true, doc: "What stands between two." }),
  },
  outputs: { text: text("The joined text.") },
  run: ({ texts }, { separator }) => ({ text: texts.join(separator) }),
});
