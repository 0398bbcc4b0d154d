import { unfitArgument } from "@insightgraph/editing/errors";
import { boxForms, fromBox, maskOfBoxes } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

function parseNumbers(box: string): unknown {
  try {
    return JSON.parse(box.trim().startsWith("[") ? box : `[${box}]`);
  } catch (cause) {
    const hint = "Give four numbers, such as [10, 20, 110, 220].";
    throw unfitArgument("box", "the box is not four numbers.", hint, cause);
  }
}

export const maskFromBox = defineNode({
  type: "mask.from-box",
  version: 1,
  title: "Mask from box",
  doc: "Makes a mask that is white inside a box.",
  inputs: { like: image("Picture whose size the mask gets.") },
  params: {
    box: param.text({ default: "[0, 0, 10, 10]", doc: "Four numbers in pixels." }),
    form: param.choice({
      options: boxForms,
      default: "xyxy",
      doc: "xyxy: the corners left, top, right, bottom. xywh: left, top, width, height.",
    }),
  },
  outputs: { mask: mask("Mask, 255 inside the box as far as it lies in the picture.") },
  run({ like }, { box, form }) {
    const found = maskOfBoxes(like, [fromBox(parseNumbers(box), form)]);
    if (found.data.includes(255)) return { mask: found };
    throw unfitArgument(
      "box",
      "the box lies outside of the picture.",
      "Check its form and numbers.",
    );
  },
});
