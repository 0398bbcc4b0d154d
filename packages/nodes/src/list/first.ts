import { anyPort, defineNode, listOf, param } from "@insightgraph/engine/node";

const items = listOf(anyPort("T"));

export const listFirst = defineNode({
  type: "list.first",
  version: 1,
  title: "First of a list",
  doc: "The first items of a list; a shorter list stays as it is.",
  inputs: { list: items("The list.") },
  params: { count: param.integer({ default: 1, min: 0, doc: "How many items at most." }) },
  outputs: { list: items("Its first items.") },
  run: ({ list }, { count }) => ({ list: list.slice(0, count) }),
});
