import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { fromGrey, resample, toGrey } from "@insightgraph/editing/pictures";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const maskResize = defineNode({
  type: "mask.resize",
  version: 1,
  title: "Resize mask",
  doc: "Resizes a mask to the size of a picture.",
  inputs: {
    mask: mask("Mask to resize."),
    like: image("Picture whose size to match."),
  },
  params: {},
  outputs: { mask: mask("Mask at the picture's size.") },
  run: (inputs) => ({ mask: stretch(inputs.mask, inputs.like) }),
});

function stretch(source: Mask, { width, height }: Picture): Mask {
  if (source.width === width && source.height === height) return source;
  return fromGrey(resample(toGrey(source), { width, height }, "linear"));
}
