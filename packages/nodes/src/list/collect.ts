import {
  anyPort,
  defineNode,
  inputError,
  listOf,
  param,
  streamOf,
} from "@insightgraph/engine/node";

const item = anyPort("T");

export const listCollect = defineNode({
  type: "list.collect",
  version: 1,
  title: "Collect",
  doc: "Holds all items of a stream at once, as a list.",
  inputs: { stream: streamOf(item)("The stream.") },
  params: {
    most: param.integer({
      default: 10_000,
      min: 1,
      doc: "More items than these are refused, lest the memory run out.",
    }),
  },
  outputs: { list: listOf(item)("All items in their order.") },
  async run({ stream }, { most }) {
    const list: unknown[] = [];
    for await (const value of stream) {
      if (list.push(value) <= most) continue;
      throw inputError(`the stream has more than ${most} items`, {
        param: "most",
        hint: "Raise it if the items are small, or take fewer.",
      });
    }
    return { list };
  },
});
