import { dilateMask } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskDilate = defineNode({
  type: "mask.dilate",
  version: 1,
  title: "Dilate",
  doc: "Grows a mask by a radius. To shrink a mask, invert it before and after.",
  inputs: { mask: mask("Mask to grow.") },
  params: {
    radius: param.integer({ default: 4, min: 0, max: 128, doc: "Radius in pixels." }),
  },
  outputs: { mask: mask("Grown mask.") },
  run: async (inputs, { radius }, { signal, progress }) => ({
    mask: await dilateMask(inputs.mask, radius, { signal, onRow: progress }),
  }),
});
