import { anyPort, defineNode, listOf as listPort } from "@insightgraph/engine/node";

const item = anyPort("T");

export const listOf = defineNode({
  type: "list.of",
  version: 1,
  title: "List",
  doc: "Combines up to eight values of one type into a list. Unconnected inputs are skipped.",
  inputs: {
    a: item.optional("First."),
    b: item.optional("Second."),
    c: item.optional("Third."),
    d: item.optional("Fourth."),
    e: item.optional("Fifth."),
    f: item.optional("Sixth."),
    g: item.optional("Seventh."),
    h: item.optional("Eighth."),
  },
  params: {},
  outputs: { list: listPort(item)("Connected values, in order.") },
  run: ({ a, b, c, d, e, f, g, h }) => ({
    list: [a, b, c, d, e, f, g, h].filter((value) => value !== undefined),
  }),
});
