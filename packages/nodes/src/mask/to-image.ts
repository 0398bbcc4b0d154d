import { toGrey } from "@insightgraph/editing/pictures";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const maskToImage = defineNode({
  type: "mask.to-image",
  version: 1,
  title: "Mask as picture",
  doc: "Converts a mask to a greyscale picture: black is unselected, white is selected.",
  inputs: { mask: mask("Mask to convert.") },
  params: {},
  outputs: { image: image("Greyscale picture at the mask's size.") },
  run: (inputs) => ({ image: toGrey(inputs.mask) }),
});
