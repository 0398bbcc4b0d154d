import { decodeLatent } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { latent } from "../port-types/latent.ts";
import { vae } from "../port-types/model-vae.ts";

/** Source: an asymmetric decoder conditioned on the source (arXiv:2306.04632). */
export const generationDecodeWithSource = defineNode({
  type: "generation.decode-with-source",
  version: 1,
  title: "Decode with source",
  doc: "Decodes an edit with a decoder that sees the source, so that what the edit left alone keeps its detail. Checkpoints without such a decoder decode from the latent alone.",
  inputs: {
    latent: latent("Latent of the edit."),
    source: image("Picture that was edited."),
    model: vae("Autoencoder."),
  },
  params: {},
  outputs: { image: image("Decoded picture, at the model's own size.") },
  async run({ latent: value, source, model }, _, context) {
    if (model.decodeWithSource === undefined) {
      context.log(
        "This checkpoint has no decoder that sees the source: decoded from the latent alone.",
      );
    }
    return { image: await decodeLatent(context, model, value, source) };
  },
});
