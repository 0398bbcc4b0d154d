import { defineNode, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";

export const numberBoolean = defineNode({
  type: "number.boolean",
  version: 1,
  title: "Yes or no",
  doc: "A truth value, such as what a switch asks for.",
  inputs: {},
  params: { value: param.boolean({ default: true, doc: "Yes or no." }) },
  outputs: { boolean: boolean("The value as chosen.") },
  run: (_, { value }) => ({ boolean: value }),
});
