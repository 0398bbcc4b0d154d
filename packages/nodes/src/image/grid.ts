import type { Picture } from "@insightgraph/editing/pictures";
import { createCanvas, parseColour, paste, requireRoom } from "@insightgraph/editing/pictures";
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
    return { image: layGrid(pictures, columns, gap, parseColour(colour, "colour")) };
  },
});

function layGrid(
  pictures: readonly Picture[],
  maxColumns: number,
  gap: number,
  colour: readonly number[],
): Picture {
  const columns = Math.min(maxColumns, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const cell = {
    width: pictures.reduce((most, { width }) => Math.max(most, width), 0),
    height: pictures.reduce((most, { height }) => Math.max(most, height), 0),
  };
  const size = {
    width: columns * (cell.width + gap) - gap,
    height: rows * (cell.height + gap) - gap,
  };
  requireRoom(size, "columns");
  const canvas = createCanvas(size, colour);
  for (const [at, picture] of pictures.entries()) {
    const left = (at % columns) * (cell.width + gap);
    const top = Math.floor(at / columns) * (cell.height + gap);
    paste(
      canvas,
      picture,
      left + Math.floor((cell.width - picture.width) / 2),
      top + Math.floor((cell.height - picture.height) / 2),
    );
  }
  return canvas;
}
