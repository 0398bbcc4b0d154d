import { openSceneComposer, sceneOperations } from "@insightgraph/editing/scenes";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";

const any = "any";

export const dataComposeScene = defineNode({
  type: "data.compose-scene",
  version: 1,
  title: "Compose scene",
  doc: "Draws objects over a background, an edit of one of them, and an instruction that asks for it: a training pair with exact truth, 128 x 128.",
  inputs: {},
  params: {
    seed: param.seed({ default: 1, doc: "Which scene; the same seed gives the same one." }),
    split: param.choice({
      options: ["train", "evaluation"],
      default: "train",
      doc: "Evaluation has backgrounds, leanings, neighbours, wordings and some objects of its own.",
    }),
    operation: param.choice({
      options: [any, ...sceneOperations],
      default: any,
      doc: "What the edit does.",
    }),
    kind: param.choice({
      options: [any, "simple", "reasoning"],
      default: any,
      doc: "Whether the instruction names the object, or tells it by what it is, where, how large.",
    }),
  },
  outputs: {
    source: image("Picture before the edit."),
    target: image("Picture after the edit."),
    background: image("The scene without any object."),
    mask: mask("Where the two differ."),
    instruction: text("What to do, in words."),
    caption: text("What the source shows."),
    targetCaption: text("What the target shows."),
  },
  async run(_, { seed, split, operation, kind }) {
    const scene = (await openSceneComposer()).compose(seed, split, {
      ...(operation !== any && { operations: [operation] }),
      ...(kind !== any && { kinds: [kind] }),
    });
    const { source, target, background, instruction, caption, targetCaption, size } = scene;
    const covered = { width: size, height: size, data: scene.mask.map((value) => value * 255) };
    return { source, target, background, mask: covered, instruction, caption, targetCaption };
  },
});
