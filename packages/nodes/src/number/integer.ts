import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const numberInteger = defineNode({
  type: "number.integer",
  version: 1,
  title: "Whole number",
  doc: "A whole number, such as a count of steps or pixels.",
  inputs: {},
  params: { value: param.integer({ default: 0, doc: "The number." }) },
  outputs: { number: number("The number.") },
  run: (_, { value }) => ({ number: value }),
});
