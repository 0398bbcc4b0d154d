import { defineNode, param } from "@insightgraph/engine/node";
import { image, type Picture } from "../port-types.ts";

export const compareImages = defineNode({
  type: "image.compare",
  version: 1,
  title: "Compare pictures",
  doc: "Sets two pictures side by side, each in its own size.",
  inputs: { before: image("Left picture."), after: image("Right picture.") },
  params: {
    gap: param.integer({ default: 4, min: 0, max: 256, doc: "White space between, in pixels." }),
  },
  outputs: { image: image("Both pictures, centred in height on white.") },
  run: ({ before, after }, { gap }) => ({ image: joinPictures(before, after, gap) }),
});

function joinPictures(left: Picture, right: Picture, gap: number): Picture {
  const width = left.width + gap + right.width;
  const height = Math.max(left.height, right.height);
  const data = new Uint8Array(width * height * 3).fill(255);
  const paste = (picture: Picture, x: number): void => {
    const top = Math.floor((height - picture.height) / 2);
    const stride = picture.width * 3;
    for (let y = 0; y < picture.height; y++) {
      const row = picture.data.subarray(y * stride, (y + 1) * stride);
      data.set(row, ((top + y) * width + x) * 3);
    }
  };
  paste(left, 0);
  paste(right, left.width + gap);
  return { width, height, channels: 3, data };
}
