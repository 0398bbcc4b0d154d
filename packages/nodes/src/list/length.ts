import { anyPort, defineNode, listOf } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const listLength = defineNode({
  type: "list.length",
  version: 1,
  title: "Length of a list",
  doc: "Counts the items of a list.",
  inputs: { list: listOf(anyPort("T"))("The list.") },
  params: {},
  outputs: { number: number("How many items it has.") },
  run: ({ list }) => ({ number: list.length }),
});
