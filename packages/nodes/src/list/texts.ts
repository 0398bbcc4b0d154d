import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

export const listTexts = defineNode({
  type: "list.texts",
  version: 1,
  title: "List of texts",
  doc: "List of texts, one per line. Blank lines are skipped.",
  inputs: {},
  params: {
    lines: param.text({
      default: "",
      multiline: true,
      maxLength: 1_000_000,
      doc: "Texts, one per line.",
    }),
  },
  outputs: { texts: listOf(text)("The texts, in order.") },
  run: (_, { lines }) => ({
    texts: lines
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  }),
});
