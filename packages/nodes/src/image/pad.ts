import { createCanvas, parseColour, paste, requireRoom } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

const pixels = { default: 0, min: 0, max: 8192 };

export const imagePad = defineNode({
  type: "image.pad",
  version: 1,
  title: "Pad",
  doc: "Adds a border of one colour around a picture.",
  inputs: { image: image("Picture to put the border around.") },
  params: {
    left: param.integer({ ...pixels, doc: "Pixels to add on the left." }),
    top: param.integer({ ...pixels, doc: "Pixels to add above." }),
    right: param.integer({ ...pixels, doc: "Pixels to add on the right." }),
    bottom: param.integer({ ...pixels, doc: "Pixels to add below." }),
    colour: param.text({ default: "#ffffff", doc: "Colour of the border as #rrggbb." }),
  },
  outputs: { image: image("The picture with its border.") },
  run(inputs, { left, top, right, bottom, colour }) {
    const size = {
      width: left + inputs.image.width + right,
      height: top + inputs.image.height + bottom,
    };
    const paint = parseColour(colour, "colour");
    requireRoom(size, left + right > top + bottom ? "left" : "top");
    const canvas = createCanvas(size, paint);
    paste(canvas, inputs.image, left, top);
    return { image: canvas };
  },
});
