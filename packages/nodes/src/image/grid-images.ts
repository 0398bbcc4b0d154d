import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { image, type Picture } from "../port-types.ts";
import { createCanvas, paste, requireRoom } from "./canvas.ts";
import { parseColour } from "./parse-colour.ts";

export const gridImages = defineNode({
  type: "image.grid",
  version: 1,
  title: "Picture grid",
  doc: "Sets up to six pictures in rows, each in its own size; unconnected places close up.",
  inputs: {
    a: image.optional("First picture."),
    b: image.optional("Second picture."),
    c: image.optional("Third picture."),
    d: image.optional("Fourth picture."),
    e: image.optional("Fifth picture."),
    f: image.optional("Sixth picture."),
  },
  params: {
    columns: param.integer({ default: 3, min: 1, max: 6, doc: "Pictures in a row." }),
    gap: param.integer({ default: 8, min: 0, max: 256, doc: "Space between, in pixels." }),
    colour: param.text({ default: "#ffffff", doc: "Colour of the ground as #rrggbb." }),
  },
  outputs: { image: image("All pictures, each centred in a cell as large as the largest.") },
  run({ a, b, c, d, e, f }, { columns, gap, colour }) {
    const pictures = [a, b, c, d, e, f].filter((picture) => picture !== undefined);
    if (pictures.length === 0) {
      throw inputError("no picture is connected", {
        input: "a",
        hint: "connect at least one picture.",
      });
    }
    return { image: layGrid(pictures, columns, gap, parseColour(colour, "colour")) };
  },
});

function layGrid(
  pictures: readonly Picture[],
  most: number,
  gap: number,
  colour: readonly number[],
): Picture {
  const columns = Math.min(most, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const cell = {
    width: Math.max(...pictures.map(({ width }) => width)),
    height: Math.max(...pictures.map(({ height }) => height)),
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
