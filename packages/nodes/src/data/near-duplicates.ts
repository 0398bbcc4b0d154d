import { unfitArgument } from "@insightgraph/editing/errors";
import { createLikenessTable, groupNear } from "@insightgraph/editing/pairs";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const dataNearDuplicates = defineNode({
  type: "data.near-duplicates",
  version: 1,
  title: "Near-duplicates",
  doc: "Finds pictures of a list that are nearly the same as the first of a group before them, by their perceptual hashes.",
  inputs: { hashes: listOf(text)("Perceptual hashes, one a picture.") },
  params: {
    distance: param.integer({
      default: 6,
      min: 0,
      max: 64,
      doc: "Most bits of 64 that differ between near-duplicates.",
    }),
  },
  outputs: {
    isNew: listOf(boolean)("Whether the picture is the first of a group."),
    first: listOf(number)("Place of the group's first picture, from 0; -1 where there is none."),
  },
  async run({ hashes }, { distance }) {
    const wrong = hashes.find((hash) => !/^[\da-f]{16}$/i.test(hash));
    if (wrong !== undefined) {
      const hint = 'Connect the output of "data.perceptual-hash".';
      throw unfitArgument("hashes", `"${wrong.slice(0, 40)}" is no perceptual hash.`, hint);
    }
    const table = createLikenessTable(1);
    for (const hash of hashes) table.add({ hashes: [hash], label: "" });
    const leaders = [...(await groupNear(table, distance))];
    const isNew = leaders.map((leader, at) => leader === at);
    return { isNew, first: leaders.map((leader, at) => (leader === at ? -1 : leader)) };
  },
});
