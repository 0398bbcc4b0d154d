import { hidePart } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { latent } from "../port-types/latent.ts";
import { mask } from "../port-types/mask.ts";
import { vae } from "../port-types/model-vae.ts";

export const generationEncode = defineNode({
  type: "generation.encode",
  version: 1,
  title: "Encode",
  doc: "Encodes a picture to a latent.",
  inputs: {
    image: image("Picture to encode."),
    hidden: mask.optional(
      "What an inpainting network is to fill; it is encoded as middle grey. Omitted: nothing.",
    ),
    model: vae("Autoencoder."),
  },
  params: {
    longerSide: param.integer({
      default: 512,
      min: 8,
      max: 4096,
      doc: "Longest side in pixels; larger pictures are scaled down to it. Ignored by fixed-size networks.",
    }),
  },
  outputs: { latent: latent("Latent of the picture.") },
  check: ({ image: picture, model }, { longerSide }) => model.requireSize?.(picture, longerSide),
  async run({ image: picture, hidden, model }, { longerSide }, context) {
    const shown = hidden === undefined ? picture : hidePart(picture, hidden, "hidden");
    return { latent: await model.encode(context, shown, longerSide) };
  },
});
