import { heldOutCount, objectSets, openSceneComposer } from "@insightgraph/editing/scenes";
import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const evaluationHeldOutScenes = defineNode({
  type: "evaluation.held-out-scenes",
  version: 1,
  title: "Held-out scenes",
  doc: "Lists of edits that training never shows: pictures, true targets, masks and instructions, always the same.",
  inputs: {},
  params: {
    count: param.integer({
      default: heldOutCount,
      min: 1,
      max: heldOutCount,
      doc: "Number of edits.",
    }),
    first: param.integer({
      default: 0,
      min: 0,
      max: heldOutCount - 1,
      doc: "Number of the first edit.",
    }),
    objects: param.choice({
      options: objectSets,
      default: "all",
      doc: "Objects that the edits show: all hundred of training, or the ten that insightedit-nano knows.",
    }),
  },
  outputs: {
    source: listOf(image)("Pictures before the edit."),
    target: listOf(image)("Pictures after the edit."),
    mask: listOf(mask)("Where the two differ."),
    instruction: listOf(text)("What to do, in words."),
    operation: listOf(text)("What the edit does: remove, add, replace or recolor."),
    kind: listOf(text)("What the instruction is: simple or reasoning."),
    seed: listOf(number)("A seed for each edit: its number."),
  },
  async run(_, { count, first, objects }) {
    if (first + count > heldOutCount) {
      throw inputError(`there are ${heldOutCount} held-out edits, not ${first + count}`, {
        param: "count",
        hint: `Ask for at most ${heldOutCount - first} from number ${first}.`,
      });
    }
    const composer = await openSceneComposer();
    const seed = Array.from({ length: count }, (_, index) => first + index);
    const scenes = seed.map((index) => composer.heldOut(index, { objects }));
    return {
      source: scenes.map(({ source }) => source),
      target: scenes.map(({ target }) => target),
      mask: scenes.map(({ size, mask: inside }) => ({
        width: size,
        height: size,
        data: inside.map((value) => value * 255),
      })),
      instruction: scenes.map(({ instruction }) => instruction),
      operation: scenes.map(({ operation }) => operation),
      kind: scenes.map(({ kind }) => kind),
      seed,
    };
  },
});
