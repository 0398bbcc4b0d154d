import { joinPictures } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

export const imageCompare = defineNode({
  type: "image.compare",
  version: 1,
  title: "Compare pictures",
  doc: "Places two pictures side by side at their own sizes.",
  inputs: { before: image("Left picture."), after: image("Right picture.") },
  params: {
    gap: param.integer({
      default: 4,
      min: 0,
      max: 256,
      doc: "White gap between the pictures, in pixels.",
    }),
  },
  outputs: { image: image("Both pictures on white, centred vertically.") },
  run: ({ before, after }, { gap }) => ({ image: joinPictures(before, after, gap) }),
});
