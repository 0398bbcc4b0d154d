import { defineNode } from "@insightgraph/engine/node";
import { latent, vae } from "../model-port-types.ts";
import { image } from "../port-types.ts";
import { encodePicture } from "./encode-picture.ts";

export const encode = defineNode({
  type: "generation.encode",
  version: 1,
  title: "Encode",
  doc: "Brings a picture into the autoencoder's latent space, at the model's own size.",
  inputs: { image: image("Picture to encode."), model: vae("Autoencoder.") },
  params: {},
  outputs: { latent: latent("The picture's latent.") },
  async run({ image: picture, model }, _, context) {
    return { latent: await encodePicture(context, model, picture) };
  },
});
