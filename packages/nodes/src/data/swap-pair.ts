import { pairOperations } from "@insightgraph/editing/assistants";
import { unfitArgument } from "@insightgraph/editing/errors";
import { type EditPair, swapPair } from "@insightgraph/editing/pairs";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";

const orders = {
  "both ways": (pair: EditPair) => [pair, swapPair(pair)],
  forwards: (pair: EditPair) => [pair],
  backwards: (pair: EditPair) => [swapPair(pair)],
} as const;
const orderNames = ["both ways", "forwards", "backwards"] as const;

export const dataSwapPair = defineNode({
  type: "data.swap-pair",
  version: 1,
  title: "Swap pairs",
  doc: "Makes pairs of edits of one picture, and the same pairs with source and target swapped: a removal becomes an addition.",
  inputs: {
    image: image("Picture before the edits."),
    targets: listOf(image)("Picture after each edit."),
    masks: listOf(mask)("Where each edit changed it."),
    objects: listOf(detection)("What each edit changed."),
    replacements: listOf(text).optional(
      "What came instead of each object. Omitted: nothing was replaced.",
    ),
  },
  params: {
    operation: param.choice({
      options: pairOperations,
      default: "remove",
      doc: "What the edits did with the objects.",
    }),
    order: param.choice({
      options: orderNames,
      default: "both ways",
      doc: "Which pairs are wanted.",
    }),
  },
  outputs: {
    source: listOf(image)("Pictures before the edit."),
    target: listOf(image)("Pictures after the edit."),
    mask: listOf(mask)("Where they differ."),
    object: listOf(detection)("What is removed, added or replaced."),
    operation: listOf(text)("remove, add or replace."),
    replacement: listOf(text)("What comes instead; empty where nothing does."),
  },
  run({ image: picture, targets, masks, objects, replacements }, { operation, order }) {
    const lists = [targets, masks, objects, ...(replacements === undefined ? [] : [replacements])];
    if (lists.some(({ length }) => length !== targets.length)) {
      const what = `the lists have ${lists.map(({ length }) => length).join(", ")} values.`;
      throw unfitArgument("targets", what, "Connect lists of the same edits.");
    }
    const pairs = targets.flatMap((target, at) => {
      const [place, object] = [masks[at], objects[at]];
      if (place === undefined || object === undefined) return [];
      const replacement = replacements?.[at] ?? "";
      const pair = { source: picture, target, mask: place, object, operation, replacement };
      return orders[order](pair);
    });
    return {
      source: pairs.map(({ source }) => source),
      target: pairs.map(({ target }) => target),
      mask: pairs.map((pair) => pair.mask),
      object: pairs.map(({ object }) => object),
      operation: pairs.map((pair) => pair.operation),
      replacement: pairs.map((pair) => pair.replacement),
    };
  },
});
