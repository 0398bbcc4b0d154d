import { anyPort, defineNode, inputError, listOf, param } from "@insightgraph/engine/node";

const item = anyPort("T");

export const listPick = defineNode({
  type: "list.pick",
  version: 1,
  title: "Pick from a list",
  doc: "Takes one item of a list, counted from either end.",
  inputs: { list: listOf(item)("List to pick from.") },
  params: {
    index: param.integer({
      default: 0,
      doc: "Position: 0 is the first item, 1 the second, -1 the last.",
    }),
  },
  outputs: { item: item("The item.") },
  run({ list }, { index }) {
    const value = list.at(index);
    if (value !== undefined) return { item: value };
    throw inputError(`index ${index} is outside the list of ${list.length}`, {
      param: "index",
      hint:
        list.length === 0
          ? "Connect a list that is not empty."
          : `Use ${-list.length} to ${list.length - 1}.`,
    });
  },
});
