import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { fromGrey, resample, toGrey } from "@insightgraph/editing/pictures";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const maskResize = defineNode({
  type: "mask.resize",
  version: 1,
  title: "Resize mask",
  doc: "Stretches a mask over a picture of another size.",
  inputs: {
    mask: mask("Mask to stretch."),
    like: image("Picture that the mask has to fit."),
  },
  params: {},
  outputs: { mask: mask("Mask of the picture's size.") },
  run: (inputs) => ({ mask: stretch(inputs.mask, inputs.like) }),
});

function stretch(given: Mask, { width, height }: Picture): Mask {
  if (given.width === width && given.height === height) return given;
  return fromGrey(resample(toGrey(given), { width, height }, "linear"));
}
