import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const numberValue = defineNode({
  type: "number.value",
  version: 1,
  title: "Number",
  doc: "A number, such as a scale or a share.",
  inputs: {},
  params: { value: param.number({ default: 0, doc: "The number." }) },
  outputs: { number: number("The number.") },
  run: (_, { value }) => ({ number: value }),
});
