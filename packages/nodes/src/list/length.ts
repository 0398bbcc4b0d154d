import { anyPort, defineNode, listOf } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const listLength = defineNode({
  type: "list.length",
  version: 1,
  title: "List length",
  doc: "Counts the items of a list.",
  inputs: { list: listOf(anyPort("T"))("List to count.") },
  params: {},
  outputs: { number: number("Number of items.") },
  run: ({ list }) => ({ number: list.length }),
});
