import type { Picture } from "@insightgraph/editing/pictures";
import { cut, sizeText } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

const pixels = { default: 0, min: 0, max: 100_000_000 };

export const imageCrop = defineNode({
  type: "image.crop",
  version: 1,
  title: "Crop",
  doc: "Cuts a rectangle out of a picture.",
  inputs: { image: image("Picture to cut from.") },
  params: {
    left: param.integer({ ...pixels, doc: "Pixels left of the rectangle." }),
    top: param.integer({ ...pixels, doc: "Pixels above the rectangle." }),
    width: param.integer({ ...pixels, doc: "Pixels across; 0 reaches to the right edge." }),
    height: param.integer({ ...pixels, doc: "Pixels down; 0 reaches to the lower edge." }),
  },
  outputs: { image: image("The rectangle.") },
  run(inputs, { left, top, width, height }) {
    const across = extent(inputs.image, "width", { name: "left", value: left }, width);
    const down = extent(inputs.image, "height", { name: "top", value: top }, height);
    return { image: cut(inputs.image, { left, top, width: across, height: down }) };
  },
});

/** The length of one side of the rectangle, which must lie inside the picture. */
function extent(
  picture: Picture,
  side: "width" | "height",
  start: { readonly name: string; readonly value: number },
  length: number,
): number {
  const room = picture[side] - start.value;
  const end = side === "width" ? "right" : "lower";
  if (room < 1) {
    throw inputError(`the rectangle begins outside the picture of ${sizeText(picture)}`, {
      param: start.name,
      hint: `Use at most ${picture[side] - 1}.`,
    });
  }
  if (length > room) {
    const over = `the rectangle passes the ${end} edge of the picture of ${sizeText(picture)}`;
    throw inputError(over, {
      param: side,
      hint: `Use at most ${room}, or 0 to reach to the edge.`,
    });
  }
  return length === 0 ? room : length;
}
