import { anyPort, defineNode, listOf } from "@insightgraph/engine/node";

const items = listOf(anyPort("T"));

export const listConcat = defineNode({
  type: "list.concat",
  version: 1,
  title: "Concatenate lists",
  doc: "Concatenates up to four lists of one type.",
  inputs: {
    a: items("First list."),
    b: items.optional("Second list."),
    c: items.optional("Third list."),
    d: items.optional("Fourth list."),
  },
  params: {},
  outputs: { list: items("All items.") },
  run: ({ a, b = [], c = [], d = [] }) => ({ list: [...a, ...b, ...c, ...d] }),
});
