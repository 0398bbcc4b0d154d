import { heldOutCount, objectSets, openSceneComposer } from "@insightgraph/editing/scenes";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const evaluationHeldOutScene = defineNode({
  type: "evaluation.held-out-scene",
  version: 1,
  title: "Held-out scene",
  doc: "One edit that training never shows: the picture, its true target, the mask and the instruction.",
  inputs: {},
  params: {
    scene: param.integer({
      default: 0,
      min: 0,
      max: heldOutCount - 1,
      doc: "Number of the edit.",
    }),
    objects: param.choice({
      options: objectSets,
      default: "all",
      doc: "Objects that the edits show: all hundred of training, or the ten that insightedit-nano knows.",
    }),
  },
  outputs: {
    source: image("Picture before the edit."),
    target: image("Picture after the edit."),
    mask: mask("Where the two differ."),
    instruction: text("What to do, in words."),
    operation: text("What the edit does: remove, add, replace or recolor."),
    kind: text("What the instruction is: simple or reasoning."),
    seed: number("A seed for the edit: its number."),
  },
  async run(_, { scene, objects }) {
    const composer = await openSceneComposer();
    const { source, target, size, mask: inside, ...about } = composer.heldOut(scene, { objects });
    const { instruction, operation, kind } = about;
    const changed = { width: size, height: size, data: inside.map((value) => value * 255) };
    return { source, target, mask: changed, instruction, operation, kind, seed: scene };
  },
});
