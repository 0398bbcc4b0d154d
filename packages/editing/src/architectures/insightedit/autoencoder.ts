import { patchDecoder, patchEncoder, toSinglePrecision } from "@insightgraph/models";
import { pixelsOf } from "../../pictures/planes.ts";
import type { Autoencoder } from "../autoencoder.ts";
import type { LatentColours } from "../latent.ts";
import { openNetwork } from "../open-network.ts";
import { finiteOutput, tensorOf } from "../tensor.ts";
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

/** The patch autoencoder; it has one size, to which pictures are stretched. */
export function patchAutoencoder(part: InsightEditPart): Autoencoder {
  const { vae } = part.config;
  return {
    latentChannels: vae.latentChannels,
    async encode(opener, picture) {
      const session = await openNetwork(opener, part, patchEncoder, vae);
      const found = await session.run({ pixels: pixelsOf(picture, vae.imageSize) });
      return {
        tensor: finiteOutput(found, "latent"),
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
