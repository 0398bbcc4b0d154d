import {
  latentSide,
  ldmVae,
  legacyVaeAttention,
  mapKeys,
  openFiles,
  parseVaeConfig,
  type VaeConfig,
  vaeDecoder,
  vaeEncoder,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Picture } from "../../pictures/picture.ts";
import { planesOf } from "../../pictures/planes.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { fitColours } from "../fit-colours.ts";
import { fitSides } from "../fit-sides.ts";
import type { Latent } from "../latent.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput, floatsOf, tensorOf } from "../tensor.ts";

/** An autoencoder in diffusers' layout. */
interface Vae extends Weighted {
  readonly config: VaeConfig;
}

/** The mode of the latent distribution, as in InstructPix2Pix. */
async function encode(
  opener: NetworkOpener,
  model: Vae,
  picture: Picture,
  longerSide: number,
): Promise<Latent> {
  const { config: vae } = model;
  const small = fitSides(picture, 2 ** (vae.blockOutChannels.length - 1), longerSide);
  const { width, height } = small;
  const pixels = planesOf(small);
  const imageSize = [height, width] as const;
  const session = await openNetwork(opener, model, vaeEncoder, { vae, imageSize });
  const tensor = finiteOutput(await session.run({ pixels }), "latent");
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

/** Opens an autoencoder; reads only the headers of its files. Throws: weights.*, config.*. */
export function openVae({ files, digest, config, configPath }: CheckpointComponent): Autoencoder {
  const vae = parseVaeConfig(config, configPath);
  const maps = [legacyVaeAttention, ldmVae(vae.blockOutChannels.length)];
  const model: Vae = { digest, weights: mapKeys(openFiles(files), maps), config: vae };
  return {
    latentChannels: vae.latentChannels,
    encode: (opener, picture, longerSide) => encode(opener, model, picture, longerSide),
    async decode(opener, latent) {
      const [, , height = 0, width = 0] = latent.shape;
      const options = { vae, latentSize: [height, width] as const };
      const session = await openNetwork(opener, model, vaeDecoder, options);
      return tensorOf(await session.run({ latent }), "pixels");
    },
  };
}
