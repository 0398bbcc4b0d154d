import {
  openFiles,
  parseTinyAutoencoderConfig,
  type TinyAutoencoderConfig,
  tinyDecoder,
  tinyEncoder,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Picture } from "../../pictures/picture.ts";
import { planesOf } from "../../pictures/planes.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { fitColours } from "../fit-colours.ts";
import { fitLimitedSides, requireLimitedSides } from "../fit-sides.ts";
import type { Latent } from "../latent.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput, floatsOf, tensorOf } from "../tensor.ts";

interface TinyVae extends Weighted {
  readonly config: TinyAutoencoderConfig;
}

/** Pixels a side of one latent pixel. */
const latentStep = ({ encoderBlocks }: TinyAutoencoderConfig): number =>
  2 ** (encoderBlocks.length - 1);

/** Whole squares of two latent pixels, as diffusers' pipeline. */
const pictureStep = (config: TinyAutoencoderConfig): number => 2 * latentStep(config);

async function encode(
  opener: NetworkOpener,
  model: TinyVae,
  picture: Picture,
  longerSide: number,
): Promise<Latent> {
  const { config: vae } = model;
  const step = latentStep(vae);
  const small = fitLimitedSides(picture, pictureStep(vae), longerSide);
  const { width, height } = small;
  const pixels = planesOf(small);
  const options = { vae, imageSize: [height, width] as const };
  const session = await openNetwork(opener, model, tinyEncoder, options);
  const tensor = finiteOutput(await session.run({ pixels }), "latent");
  return {
    tensor,
    colours: fitColours(
      { values: floatsOf(tensor), height: height / step, width: width / step },
      { values: floatsOf(pixels), height, width },
    ),
    scaling: { factor: vae.scalingFactor, shift: vae.shiftFactor },
  };
}

/**
 * Opens a tiny autoencoder; reads only the headers of its files.
 * Throws: weights.*, config.*.
 * Source: TAESD (github.com/madebyollin/taesd).
 */
export function openTinyAutoencoder(component: CheckpointComponent): Autoencoder {
  const vae = parseTinyAutoencoderConfig(component.config, component.configPath);
  const weights = openFiles(component.files);
  const model: TinyVae = { digest: component.digest, weights, config: vae };
  return {
    latentChannels: vae.latentChannels,
    requireSize: (size, longerSide) => requireLimitedSides(size, pictureStep(vae), longerSide),
    encode: (opener, picture, longerSide) => encode(opener, model, picture, longerSide),
    async decode(opener, latent) {
      const [, , height = 0, width = 0] = latent.shape;
      const step = latentStep(vae);
      const options = { vae, imageSize: [height * step, width * step] as const };
      const session = await openNetwork(opener, model, tinyDecoder, options);
      return tensorOf(await session.run({ latent }), "pixels");
    },
  };
}
