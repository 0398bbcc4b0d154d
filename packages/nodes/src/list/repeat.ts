import { anyPort, defineNode, listOf, param } from "@insightgraph/engine/node";

const item = anyPort("T");

export const listRepeat = defineNode({
  type: "list.repeat",
  version: 1,
  title: "Repeat",
  doc: "One value several times, as a list.",
  inputs: { item: item("What to repeat.") },
  params: { count: param.integer({ default: 2, min: 0, max: 1_000_000, doc: "How many times." }) },
  outputs: { list: listOf(item)("The value, so many times.") },
  run: ({ item: value }, { count }) => ({ list: new Array<unknown>(count).fill(value) }),
});
