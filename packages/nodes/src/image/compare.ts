import type { Picture } from "@insightgraph/editing/pictures";
import { createCanvas, paste } from "@insightgraph/editing/pictures";
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

function joinPictures(left: Picture, right: Picture, gap: number): Picture {
  const width = left.width + gap + right.width;
  const height = Math.max(left.height, right.height);
  const canvas = createCanvas({ width, height }, [255, 255, 255]);
  const middle = (picture: Picture): number => Math.floor((height - picture.height) / 2);
  paste(canvas, left, 0, middle(left));
  paste(canvas, right, left.width + gap, middle(right));
  return canvas;
}
