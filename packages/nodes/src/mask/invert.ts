import { defineNode } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskInvert = defineNode({
  type: "mask.invert",
  version: 1,
  title: "Invert mask",
  doc: "Inverts a mask: selected becomes unselected.",
  inputs: { mask: mask("Mask to invert.") },
  params: {},
  outputs: { mask: mask("Inverted mask.") },
  run: (inputs) => ({
    mask: { ...inputs.mask, data: inputs.mask.data.map((value) => 255 - value) },
  }),
});
