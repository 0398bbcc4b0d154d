import type { TensorValue } from "@insightgraph/engine/node";
import { latentSide, patchEncoder, toSinglePrecision, vaeEncoder } from "@insightgraph/models";
import { resample } from "../image/resample.ts";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import type { VaePart } from "../model/diffusers-parts.ts";
import { floatsOf, tensorOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";
import { fitColours } from "./fit-colours.ts";
import type { Latent, LatentColours } from "./latent.ts";
import { pixelsOf, planesOf } from "./pixels.ts";

function coloursOf({ weights, config }: ModelComponent): LatentColours {
  const numbers = (path: string): Float32Array => toSinglePrecision(weights, `vae.decoder.${path}`);
  return {
    patch: config.vae.patchSize,
    weight: numbers("conv_out.weight"),
    bias: numbers("conv_out.bias"),
  };
}

/** Squashes a picture to the model's size and encodes it. */
async function encodePatches(
  context: OpenModel,
  model: ModelComponent,
  picture: Picture,
): Promise<Latent> {
  const { vae } = model.config;
  const session = await openNetwork(context, model, patchEncoder, vae);
  const found = await session.run({ pixels: pixelsOf(picture, vae.imageSize) });
  return {
    tensor: tensorOf(found, "latent"),
    colours: coloursOf(model),
    scaling: { factor: 1, shift: 0 },
  };
}

/** The picture as large as asked, its sides multiples of what one latent pixel stands for. */
function fitted(picture: Picture, { config }: VaePart, longerSide: number): Picture {
  const step = 2 ** (config.blockOutChannels.length - 1);
  const shrinking = Math.min(1, longerSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(step, Math.floor(Math.round(side * shrinking) / step) * step),
  ) as [number, number];
  const isSame = width === picture.width && height === picture.height;
  return isSame ? picture : resample(picture, { width, height }, "lanczos3");
}

/** The mode of a picture's latent, as InstructPix2Pix takes it. */
async function encodeDiffusers(
  context: OpenModel,
  model: VaePart,
  picture: Picture,
  longerSide: number,
): Promise<Latent> {
  const { config: vae } = model;
  const small = fitted(picture, model, longerSide);
  const { width, height } = small;
  const pixels: TensorValue = planesOf(small);
  const imageSize = [height, width] as const;
  const session = await openNetwork(context, model, vaeEncoder, { vae, imageSize });
  const tensor = tensorOf(await session.run({ pixels }), "latent");
  const sides = { height: latentSide(height, vae), width: latentSide(width, vae) };
  return {
    tensor,
    colours: fitColours(
      { values: floatsOf(tensor), ...sides },
      { values: floatsOf(pixels), height, width },
    ),
    scaling: { factor: vae.scalingFactor, shift: vae.shiftFactor },
  };
}

/** @param longerSide Pixels that larger pictures are shrunk to; networks of a fixed size do not ask. */
export async function encodePicture(
  context: OpenModel,
  model: ModelComponent | VaePart,
  picture: Picture,
  longerSide = 512,
): Promise<Latent> {
  return model.kind === "insightedit"
    ? encodePatches(context, model, picture)
    : encodeDiffusers(context, model, picture, longerSide);
}
