import { padPicture, parseColour } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

const pixels = { default: 0, min: 0, max: 8192 };

export const imagePad = defineNode({
  type: "image.pad",
  version: 1,
  title: "Pad",
  doc: "Adds a border of one colour to a picture.",
  inputs: { image: image("Picture to pad.") },
  params: {
    left: param.integer({ ...pixels, doc: "Left border, in pixels." }),
    top: param.integer({ ...pixels, doc: "Top border, in pixels." }),
    right: param.integer({ ...pixels, doc: "Right border, in pixels." }),
    bottom: param.integer({ ...pixels, doc: "Bottom border, in pixels." }),
    colour: param.text({ default: "#ffffff", doc: "Border colour, as #rrggbb." }),
  },
  outputs: { image: image("Padded picture.") },
  run: (inputs, { colour, ...borders }) => ({
    image: padPicture(inputs.image, borders, parseColour(colour, "colour")),
  }),
});
