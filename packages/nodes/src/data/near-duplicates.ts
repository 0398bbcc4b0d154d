import { unfitArgument } from "@insightgraph/editing/errors";
import { nearDuplicates } from "@insightgraph/editing/pairs";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const dataNearDuplicates = defineNode({
  type: "data.near-duplicates",
  version: 1,
  title: "Near-duplicates",
  doc: "Finds pictures of a list that are nearly the same as an earlier one, by their perceptual hashes.",
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
    isNew: listOf(boolean)("Whether no earlier picture is nearly the same."),
    first: listOf(number)("Place of the earlier picture, from 0; -1 where there is none."),
  },
  run({ hashes }, { distance }) {
    const wrong = hashes.find((hash) => !/^[\da-f]{16}$/i.test(hash));
    if (wrong !== undefined) {
      const hint = 'Connect the output of "data.perceptual-hash".';
      throw unfitArgument("hashes", `"${wrong.slice(0, 40)}" is no perceptual hash.`, hint);
    }
    const first = nearDuplicates(hashes, distance);
    return { isNew: first.map((place) => place < 0), first };
  },
});
