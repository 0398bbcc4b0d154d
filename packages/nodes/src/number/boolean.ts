import { defineNode, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";

export const numberBoolean = defineNode({
  type: "number.boolean",
  version: 1,
  title: "Yes or no",
  doc: "A yes/no value, such as the condition of an If node.",
  inputs: {},
  params: { value: param.boolean({ default: true, doc: "The value." }) },
  outputs: { boolean: boolean("The value.") },
  run: (_, { value }) => ({ boolean: value }),
});
