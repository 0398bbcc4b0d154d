import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const textFromNumber = defineNode({
  type: "text.from-number",
  version: 1,
  title: "Number to text",
  doc: "Formats a number as text.",
  inputs: { number: number("Number to format.") },
  params: {
    decimals: param.integer({
      default: -1,
      min: -1,
      max: 20,
      doc: "Digits after the decimal point. -1 keeps all digits.",
    }),
  },
  outputs: { text: text("The formatted number.") },
  run: (inputs, { decimals }) => ({
    text: decimals < 0 ? String(inputs.number) : inputs.number.toFixed(decimals),
  }),
});
