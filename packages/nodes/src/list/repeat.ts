import { anyPort, defineNode, listOf, param } from "@insightgraph/engine/node";

const item = anyPort("T");

export const listRepeat = defineNode({
  type: "list.repeat",
  version: 1,
  title: "Repeat",
  doc: "Repeats a value as a list.",
  inputs: { item: item("Value to repeat.") },
  params: {
    count: param.integer({ default: 2, min: 0, max: 1_000_000, doc: "Number of copies." }),
  },
  outputs: { list: listOf(item)("List of copies.") },
  run: ({ item: value }, { count }) => ({ list: new Array<unknown>(count).fill(value) }),
});
