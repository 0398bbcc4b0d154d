import { grabCutSegmenter, segmentObjects } from "@insightgraph/editing/photographs";
import { defineNode, listOf } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { segmenter } from "../port-types/model-segmenter.ts";

export const dataSegment = defineNode({
  type: "data.segment",
  version: 1,
  title: "Segment objects",
  doc: "Finds the outlines of objects in their boxes, by default by how their colours differ from what surrounds the box (GrabCut).",
  inputs: {
    image: image("Picture that shows the objects."),
    objects: listOf(detection)("Objects with their boxes."),
    model: segmenter.optional("Who finds the outlines. Omitted: GrabCut."),
  },
  params: {},
  outputs: { mask: mask("All objects in one mask.") },
  run: async ({ image: picture, objects, model = grabCutSegmenter }, _, context) => ({
    mask: await segmentObjects(context, model, picture, objects),
  }),
});
