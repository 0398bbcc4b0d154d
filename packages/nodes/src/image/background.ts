import { changeBackground } from "@insightgraph/editing/photographs";
import { parseColour } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageBackground = defineNode({
  type: "image.background",
  version: 1,
  title: "Change background",
  doc: "Blurs, greys or paints all that a mask does not cover.",
  inputs: { image: image("Picture to change."), mask: mask("What stays as it is.") },
  params: {
    change: param.choice({
      options: ["blur", "grey", "colour"],
      default: "blur",
      doc: "What happens to the background.",
    }),
    colour: param.text({ default: "#ffffff", doc: "Colour as #rrggbb; ignored by blur and grey." }),
    radius: param.number({
      default: 0.02,
      min: 0.001,
      max: 0.2,
      step: 0.005,
      doc: "Radius of the blur, in shares of the longer side; ignored by grey and colour.",
    }),
  },
  outputs: { image: image("Picture with the changed background.") },
  run({ image: picture, mask: object }, { change, colour, radius }) {
    const paint = change === "colour" ? parseColour(colour, "colour") : [];
    return { image: changeBackground(picture, object, { change, colour: paint, radius }) };
  },
});
