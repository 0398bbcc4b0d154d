import { unfitArgument } from "@insightgraph/editing/errors";
import { boxForms, boxOfMask, toBox } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";

export const maskToBox = defineNode({
  type: "mask.to-box",
  version: 1,
  title: "Box of mask",
  doc: "Gives the smallest box that holds a mask, as four numbers in JSON.",
  inputs: { mask: mask("Mask; pixels from 128 on count as selected.") },
  params: {
    form: param.choice({
      options: boxForms,
      default: "xyxy",
      doc: "xyxy: the corners left, top, right, bottom. xywh: left, top, width, height.",
    }),
  },
  outputs: { box: text("Box as JSON, in pixels.") },
  run({ mask: selected }, { form }) {
    const box = boxOfMask(selected);
    if (box === undefined) {
      throw unfitArgument("mask", "the mask is empty.", "Give a mask that selects something.");
    }
    return { box: JSON.stringify(toBox(box, form)) };
  },
});
