import { layGrid, parseColour } from "@insightgraph/editing/pictures";
import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

export const imageGrid = defineNode({
  type: "image.grid",
  version: 1,
  title: "Picture grid",
  doc: "Arranges pictures in a grid at their own sizes: a list, then up to six single ones.",
  inputs: {
    images: listOf(image).optional("Pictures to place first."),
    a: image.optional("First picture."),
    b: image.optional("Second picture."),
    c: image.optional("Third picture."),
    d: image.optional("Fourth picture."),
    e: image.optional("Fifth picture."),
    f: image.optional("Sixth picture."),
  },
  params: {
    columns: param.integer({ default: 3, min: 1, max: 100, doc: "Pictures per row." }),
    gap: param.integer({ default: 8, min: 0, max: 256, doc: "Gap between pictures, in pixels." }),
    colour: param.text({ default: "#ffffff", doc: "Background colour, as #rrggbb." }),
  },
  outputs: {
    image: image(
      "Grid of equal cells, as large as the largest picture, with each picture centred.",
    ),
  },
  run({ images = [], a, b, c, d, e, f }, { columns, gap, colour }) {
    const named = [a, b, c, d, e, f].filter((picture) => picture !== undefined);
    const pictures = [...images, ...named];
    if (pictures.length === 0) {
      throw inputError("no picture is connected", {
        input: "images",
        hint: "Connect a list or at least one picture.",
      });
    }
    const options = { columns, gap, colour: parseColour(colour, "colour") };
    return { image: layGrid(pictures, options) };
  },
});
