import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

export const listTexts = defineNode({
  type: "list.texts",
  version: 1,
  title: "List of texts",
  doc: "One text a line; blank lines are left out.",
  inputs: {},
  params: {
    lines: param.text({
      default: "",
      multiline: true,
      maxLength: 1_000_000,
      doc: "The texts, one a line.",
    }),
  },
  outputs: { texts: listOf(text)("The texts in their order.") },
  run: (_, { lines }) => ({
    texts: lines
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  }),
});
