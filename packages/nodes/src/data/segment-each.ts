import { grabCutSegmenter, segmentEach } from "@insightgraph/editing/photographs";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { segmenter } from "../port-types/model-segmenter.ts";

const share = { min: 0, max: 1, step: 0.01 } as const;

export const dataSegmentEach = defineNode({
  type: "data.segment-each",
  version: 1,
  title: "Segment each object",
  doc: "Finds the outline of each object in its box, by default with GrabCut; objects without a usable mask are left out.",
  inputs: {
    image: image("Picture that shows the objects."),
    objects: listOf(detection)("Objects with their boxes."),
    model: segmenter.optional("Who finds the outlines. Omitted: GrabCut."),
  },
  params: {
    leastArea: param.number({
      ...share,
      default: 0.002,
      step: 0.001,
      doc: "Least share of the picture that a mask takes.",
    }),
    mostArea: param.number({
      ...share,
      default: 0.4,
      doc: "Most share of the picture that a mask takes.",
    }),
  },
  outputs: {
    objects: listOf(detection)("Objects that have a mask."),
    masks: listOf(mask)("Their masks, in the same order."),
  },
  async run({ image: picture, objects: found, model = grabCutSegmenter }, limits, context) {
    const { objects, masks, dropped } = await segmentEach(context, model, picture, found, limits);
    for (const one of dropped) context.log(`${one}.`);
    return { objects, masks };
  },
});
