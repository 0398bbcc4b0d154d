import { toGrey } from "@insightgraph/editing/pictures";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const maskToImage = defineNode({
  type: "mask.to-image",
  version: 1,
  title: "Mask as picture",
  doc: "Shows a mask in grey: black is nothing, white is all.",
  inputs: { mask: mask("Mask to show.") },
  params: {},
  outputs: { image: image("Grey picture of the mask's size.") },
  run: (inputs) => ({ image: toGrey(inputs.mask) }),
});
