import { decodeLatent } from "@insightgraph/editing/architectures";
import { resizePicture } from "@insightgraph/editing/pictures";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { latent } from "../port-types/latent.ts";
import { vae } from "../port-types/model-vae.ts";

export const generationDecode = defineNode({
  type: "generation.decode",
  version: 1,
  title: "Decode",
  doc: "Decodes a latent to a picture, resized to the source if one is connected.",
  inputs: {
    latent: latent("Latent to decode."),
    source: image.optional("Sets the size of the result. Default: the size of the decoded latent."),
    model: vae("Autoencoder."),
  },
  params: {},
  outputs: { image: image("Decoded picture.") },
  async run({ latent: value, source, model }, _, context) {
    const small = await decodeLatent(context, model, value);
    if (source === undefined) return { image: small };
    return { image: resizePicture(small, source.width, source.height) };
  },
});
