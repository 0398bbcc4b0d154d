import { featherMask } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskFeather = defineNode({
  type: "mask.feather",
  version: 1,
  title: "Feather",
  doc: "Softens the edges of a mask with a Gaussian blur.",
  inputs: { mask: mask("Mask to soften.") },
  params: {
    sigma: param.number({
      default: 4,
      min: 0,
      max: 256,
      step: 0.5,
      doc: "Standard deviation of the Gaussian in pixels. 0 leaves the mask unchanged.",
    }),
  },
  outputs: { mask: mask("Soft mask.") },
  async run(inputs, { sigma }, { signal }) {
    const soft = await featherMask(inputs.mask, sigma);
    signal.throwIfAborted();
    return { mask: soft };
  },
});
