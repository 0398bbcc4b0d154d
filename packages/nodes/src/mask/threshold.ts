import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskThreshold = defineNode({
  type: "mask.threshold",
  version: 1,
  title: "Threshold",
  doc: "Makes a mask binary.",
  inputs: { mask: mask("Mask to threshold.") },
  params: {
    level: param.integer({
      default: 128,
      min: 0,
      max: 255,
      doc: "Values from this level up become 255, others 0.",
    }),
  },
  outputs: { mask: mask("Binary mask.") },
  run: (inputs, { level }) => ({
    mask: { ...inputs.mask, data: inputs.mask.data.map((value) => (value < level ? 0 : 255)) },
  }),
});
