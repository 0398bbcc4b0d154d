import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskThreshold = defineNode({
  type: "mask.threshold",
  version: 1,
  title: "Threshold",
  doc: "Makes a mask all or nothing.",
  inputs: { mask: mask("Mask to decide on.") },
  params: {
    level: param.integer({
      default: 128,
      min: 0,
      max: 255,
      doc: "From this value up, all; below, nothing.",
    }),
  },
  outputs: { mask: mask("Mask of 0 and 255 only.") },
  run: (inputs, { level }) => ({
    mask: { ...inputs.mask, data: inputs.mask.data.map((value) => (value < level ? 0 : 255)) },
  }),
});
