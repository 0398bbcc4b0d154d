import type { Picture } from "@insightgraph/editing/pictures";
import { cut, sizeText } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

const pixels = { default: 0, min: 0, max: 100_000_000 };

export const imageCrop = defineNode({
  type: "image.crop",
  version: 1,
  title: "Crop",
  doc: "Crops a picture to a rectangle.",
  inputs: { image: image("Picture to crop.") },
  params: {
    left: param.integer({ ...pixels, doc: "Left edge, in pixels from the left." }),
    top: param.integer({ ...pixels, doc: "Top edge, in pixels from the top." }),
    width: param.integer({ ...pixels, doc: "Width in pixels. 0 extends to the right edge." }),
    height: param.integer({ ...pixels, doc: "Height in pixels. 0 extends to the bottom edge." }),
  },
  outputs: { image: image("Cropped picture.") },
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
  const end = side === "width" ? "right" : "bottom";
  if (room < 1) {
    throw inputError(`the rectangle starts outside the picture of ${sizeText(picture)}`, {
      param: start.name,
      hint: `Use at most ${picture[side] - 1}.`,
    });
  }
  if (length > room) {
    const over = `the rectangle extends beyond the ${end} edge of the picture of ${sizeText(picture)}`;
    throw inputError(over, {
      param: side,
      hint: `Use at most ${room}, or 0 to extend to the edge.`,
    });
  }
  return length === 0 ? room : length;
}
