import { blendPictures } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageBlend = defineNode({
  type: "image.blend",
  version: 1,
  title: "Blend pictures",
  doc: "Blends one picture over another of the same size. A mask limits it to the white area.",
  inputs: {
    base: image("Lower picture."),
    top: image("Upper picture."),
    mask: mask.optional("Where the upper picture shows. Default: everywhere."),
  },
  params: {
    opacity: param.number({
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Opacity of the upper picture, 0 to 1.",
    }),
    mode: param.choice({
      options: ["normal", "multiply", "screen", "darken", "lighten", "difference"],
      default: "normal",
      doc: "Blend mode.",
    }),
  },
  outputs: { image: image("Blended picture.") },
  run: ({ base, top, mask: shown }, settings) => ({
    image: blendPictures(base, top, { ...settings, mask: shown }),
  }),
});
