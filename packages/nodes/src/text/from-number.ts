import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const textFromNumber = defineNode({
  type: "text.from-number",
  version: 1,
  title: "Number as text",
  doc: "Writes a number out.",
  inputs: { number: number("Number to write.") },
  params: {
    decimals: param.integer({
      default: -1,
      min: -1,
      max: 20,
      doc: "Digits after the point; -1 writes as many as the number has.",
    }),
  },
  outputs: { text: text("The number in digits.") },
  run: (inputs, { decimals }) => ({
    text: decimals < 0 ? String(inputs.number) : inputs.number.toFixed(decimals),
  }),
});
