import { defineNode } from "@insightgraph/engine/node";
import { image, type Mask, mask, type Picture } from "../port-types.ts";

export const maskToImage = defineNode({
  type: "mask.to-image",
  version: 1,
  title: "Mask as picture",
  doc: "Shows a mask in grey: black is nothing, white is all.",
  inputs: { mask: mask("Mask to show.") },
  params: {},
  outputs: { image: image("Grey picture of the mask's size.") },
  run: (inputs) => ({ image: greyOf(inputs.mask) }),
});

function greyOf({ width, height, data }: Mask): Picture {
  const grey = new Uint8Array(data.length * 3);
  for (const [pixel, value] of data.entries()) grey.fill(value, pixel * 3, pixel * 3 + 3);
  return { width, height, channels: 3, data: grey };
}
