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
  doc: "Collects all items of a stream into a list.",
  inputs: { stream: streamOf(item)("Stream to collect.") },
  params: {
    most: param.integer({
      default: 10_000,
      min: 1,
      doc: "Largest number of items. Longer streams are refused, to protect memory.",
    }),
  },
  outputs: { list: listOf(item)("All items, in order.") },
  async run({ stream }, { most }) {
    const list: unknown[] = [];
    for await (const value of stream) {
      if (list.push(value) <= most) continue;
      throw inputError(`the stream has more than ${most} items`, {
        param: "most",
        hint: "Raise the limit if the items are small, or shorten the stream.",
      });
    }
    return { list };
  },
});
