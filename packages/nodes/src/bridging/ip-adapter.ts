import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { imageCondition } from "../port-types/image-condition.ts";
import { ipAdapter } from "../port-types/model-ip-adapter.ts";

/** Source: IP-Adapter (arXiv:2308.06721), section 3.2. */
export const bridgingIpAdapter = defineNode({
  type: "bridging.ip-adapter",
  version: 1,
  title: "Picture as prompt",
  doc: "Projects a picture to image tokens that feed the image half of every cross-attention.",
  inputs: {
    image: image("Picture whose content and style guide the result."),
    adapter: ipAdapter("Image encoder and projection."),
  },
  params: {
    scale: param.number({
      default: 1,
      min: 0,
      max: 2,
      step: 0.05,
      doc: "Weight (lambda) of the image half of cross-attention. 0 turns it off.",
    }),
  },
  outputs: { imageCondition: imageCondition("Image tokens and their weight.") },
  async run({ image: picture, adapter }, { scale }, context) {
    return { imageCondition: { tokens: await adapter.project(context, picture), scale } };
  },
});
