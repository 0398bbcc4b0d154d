import { grabCutSegmenter, segmentAt } from "@insightgraph/editing/photographs";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { segmenter } from "../port-types/model-segmenter.ts";

export const dataSegmentAt = defineNode({
  type: "data.segment-at",
  version: 1,
  title: "Segment at a place",
  doc: "Finds the outline of the object at a point or in a box, by default with GrabCut, which needs a box.",
  inputs: {
    image: image("Picture that shows the object."),
    model: segmenter.optional("Who finds the outline. Omitted: GrabCut."),
  },
  params: {
    place: param.text({
      default: "0, 0, 10, 10",
      doc: "Point as x, y, or box as left, top, right, bottom, in pixels.",
    }),
  },
  outputs: { mask: mask("Mask, 255 where the object is.") },
  run: async ({ image: picture, model = grabCutSegmenter }, { place }, context) => ({
    mask: await segmentAt(context, model, picture, numbersIn(place)),
  }),
});

function numbersIn(place: string): readonly number[] {
  const words = place.split(/[\s,;[\]()]+/).filter((word) => word !== "");
  return words.map(Number);
}
