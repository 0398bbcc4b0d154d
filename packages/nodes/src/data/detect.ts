import { findObjects } from "@insightgraph/editing/photographs";
import { maskOfBoxes } from "@insightgraph/editing/pictures";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { detector } from "../port-types/model-detector.ts";

export const dataDetect = defineNode({
  type: "data.detect",
  version: 1,
  title: "Detect objects",
  doc: "Finds objects in a picture, of one kind or of all.",
  inputs: { image: image("Picture to search."), model: detector("Object detector.") },
  params: {
    kind: param.text({ default: "", doc: "Object, such as dog or puppy. Empty: every kind." }),
    all: param.boolean({
      default: true,
      doc: "All objects of the kind, or only the most salient.",
    }),
    threshold: param.number({
      default: 0.35,
      min: 0.05,
      max: 1,
      step: 0.05,
      doc: "Least score of an object.",
    }),
  },
  outputs: {
    objects: listOf(detection)("Objects that are wanted."),
    others: mask("Boxes of all other objects, without what the wanted ones stand on."),
  },
  async run({ image: picture, model }, { kind, all, threshold }, context) {
    const options = { kind, isAll: all, threshold };
    const { objects, others, ignored } = await findObjects(context, model, picture, options);
    if (ignored.length > 0) context.log(`"${ignored.join(" ")}" is not understood and ignored.`);
    const boxes = others.map(({ box }) => box);
    return { objects, others: maskOfBoxes(picture, boxes) };
  },
});
