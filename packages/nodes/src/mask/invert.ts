import { defineNode } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskInvert = defineNode({
  type: "mask.invert",
  version: 1,
  title: "Invert mask",
  doc: "Turns what is meant into what is not.",
  inputs: { mask: mask("Mask to turn.") },
  params: {},
  outputs: { mask: mask("The rest.") },
  run: (inputs) => ({
    mask: { ...inputs.mask, data: inputs.mask.data.map((value) => 255 - value) },
  }),
});
