import { patchEncoder, toSinglePrecision } from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";
import type { Latent, LatentColours } from "./latent.ts";
import { pixelsOf } from "./pixels.ts";

function coloursOf({ weights, config }: ModelComponent): LatentColours {
  const numbers = (path: string): Float32Array => toSinglePrecision(weights, `vae.decoder.${path}`);
  return {
    patch: config.vae.patchSize,
    weight: numbers("conv_out.weight"),
    bias: numbers("conv_out.bias"),
  };
}

/** Squashes a picture to the model's size and encodes it. */
export async function encodePicture(
  context: OpenModel,
  model: ModelComponent,
  picture: Picture,
): Promise<Latent> {
  const { vae } = model.config;
  const session = await openNetwork(context, model, patchEncoder, vae);
  const found = await session.run({ pixels: pixelsOf(picture, vae.imageSize) });
  return { tensor: tensorOf(found, "latent"), colours: coloursOf(model) };
}
