import { inputError } from "@insightgraph/engine/node";
import { patchDecoder, vaeDecoder } from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import type { VaePart } from "../model/diffusers-parts.ts";
import { floatsOf, tensorOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";
import type { Latent } from "./latent.ts";
import { pictureOf } from "./pixels.ts";

function checkChannels(found: number, wanted: number): void {
  if (found === wanted) return;
  throw inputError(`the latent has ${found} channels, the autoencoder reads ${wanted}.`, {
    input: "latent",
    hint: "Decode with the autoencoder that encoded the source.",
  });
}

export async function decodeLatent(
  context: OpenModel,
  model: ModelComponent | VaePart,
  { tensor }: Latent,
): Promise<Picture> {
  const [, channels = 0, h = 0, w = 0] = tensor.shape;
  const { latentChannels } = model.kind === "insightedit" ? model.config.vae : model.config;
  checkChannels(channels, latentChannels);
  const session =
    model.kind === "insightedit"
      ? await openNetwork(context, model, patchDecoder, model.config.vae)
      : await openNetwork(context, model, vaeDecoder, { vae: model.config, latentSize: [h, w] });
  const pixels = tensorOf(await session.run({ latent: tensor }), "pixels");
  const [, , height = 0, width = 0] = pixels.shape;
  return pictureOf(floatsOf(pixels), width, height);
}
