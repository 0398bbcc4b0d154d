import { groundObjects } from "@insightgraph/editing/assistants";
import { maskOfBoxes } from "@insightgraph/editing/pictures";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { detector } from "../port-types/model-detector.ts";
import { namedObject } from "../port-types/named-object.ts";

export const dataGround = defineNode({
  type: "data.ground",
  version: 1,
  title: "Ground objects",
  doc: "Finds the objects that a caption names in the picture; those that are not found are left out.",
  inputs: {
    image: image("Picture to search."),
    objects: listOf(namedObject)("Objects to find."),
    model: detector("Object detector."),
  },
  params: {
    threshold: param.number({
      default: 0.35,
      min: 0.05,
      max: 1,
      step: 0.05,
      doc: "Least score of an object.",
    }),
  },
  outputs: {
    objects: listOf(detection)("Objects with their boxes, under the caption's names."),
    others: listOf(detection)("All else that the detector finds."),
    avoid: mask("Boxes of the others, without what an object lies on."),
  },
  async run({ image: picture, objects: wanted, model }, { threshold }, context) {
    const options = { objects: wanted, threshold };
    const { objects, others, beside, missing } = await groundObjects(
      context,
      model,
      picture,
      options,
    );
    for (const one of missing) context.log(`Left out ${one}.`);
    const boxes = beside.map(({ box }) => box);
    return { objects, others, avoid: maskOfBoxes(picture, boxes) };
  },
});
