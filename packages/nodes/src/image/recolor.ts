import { recolour } from "@insightgraph/editing/photographs";
import { parseColour } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageRecolor = defineNode({
  type: "image.recolor",
  version: 1,
  title: "Recolour",
  doc: "Gives what a mask covers another colour and keeps its light and shade (OKLab).",
  inputs: { image: image("Picture to change."), mask: mask("What to recolour.") },
  params: { colour: param.text({ default: "#1e5fd0", doc: "New colour as #rrggbb." }) },
  outputs: { image: image("Recoloured picture.") },
  run: ({ image: picture, mask: object }, { colour }) => ({
    image: recolour(picture, object, parseColour(colour, "colour")),
  }),
});
