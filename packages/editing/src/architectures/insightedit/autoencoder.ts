import {
  checkFit,
  patchDecoder,
  patchEncoder,
  sourceDecoder,
  toSinglePrecision,
} from "@insightgraph/models";
import { pixelsOf } from "../../pictures/planes.ts";
import type { Autoencoder } from "../autoencoder.ts";
import type { LatentColours } from "../latent.ts";
import { type NetworkOpener, openNetwork } from "../open-network.ts";
import { finiteOutput, type TensorValue, tensorOf } from "../tensor.ts";
import type { InsightEditPart } from "./checkpoint.ts";

/** The decoder's last layer is linear, so it previews a latent without running the decoder. */
function coloursOf({ weights, config }: InsightEditPart): LatentColours {
  const numbers = (path: string): Float32Array => toSinglePrecision(weights, `vae.decoder.${path}`);
  return {
    patch: config.vae.patchSize,
    weight: numbers("conv_out.weight"),
    bias: numbers("conv_out.bias"),
  };
}

async function encode(
  opener: NetworkOpener,
  part: InsightEditPart,
  pixels: TensorValue,
): Promise<TensorValue> {
  const session = await openNetwork(opener, part, patchEncoder, part.config.vae);
  return finiteOutput(await session.run({ pixels }), "latent");
}

/** The decoder that sees the source, where the checkpoint's was trained; it shares the file with all other parts. */
function sourceDecoding(part: InsightEditPart): Pick<Autoencoder, "decodeWithSource"> {
  const { decoder, vae } = part.config;
  if (decoder === undefined || !part.weights.has("decoder.conv_out.weight")) return {};
  const { part: _, ...whole } = part;
  return {
    async decodeWithSource(opener, latent, picture) {
      const source = pixelsOf(picture, vae.imageSize);
      const sourceLatent = await encode(opener, part, source);
      const session = await openNetwork(opener, whole, sourceDecoder, { ...decoder, vae });
      return tensorOf(await session.run({ latent, sourceLatent, source }), "pixels");
    },
  };
}

/** The patch autoencoder; it has one size, to which pictures are stretched. Throws: weights.*. */
export function patchAutoencoder(part: InsightEditPart): Autoencoder {
  const { vae } = part.config;
  for (const network of [patchEncoder, patchDecoder]) {
    checkFit<typeof vae, string, string>(network, vae, part.weights, part.part);
  }
  return {
    latentChannels: vae.latentChannels,
    ...sourceDecoding(part),
    async encode(opener, picture) {
      return {
        tensor: await encode(opener, part, pixelsOf(picture, vae.imageSize)),
        colours: coloursOf(part),
        scaling: { factor: 1, shift: 0 },
      };
    },
    async decode(opener, latent) {
      const session = await openNetwork(opener, part, patchDecoder, vae);
      return tensorOf(await session.run({ latent }), "pixels");
    },
  };
}
