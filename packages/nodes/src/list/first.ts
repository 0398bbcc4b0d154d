import { anyPort, defineNode, listOf, param } from "@insightgraph/engine/node";

const items = listOf(anyPort("T"));

export const listFirst = defineNode({
  type: "list.first",
  version: 1,
  title: "First items",
  doc: "Takes the first items of a list. Shorter lists are unchanged.",
  inputs: { list: items("List to shorten.") },
  params: { count: param.integer({ default: 1, min: 0, doc: "Largest number of items." }) },
  outputs: { list: items("The first items.") },
  run: ({ list }, { count }) => ({ list: list.slice(0, count) }),
});
