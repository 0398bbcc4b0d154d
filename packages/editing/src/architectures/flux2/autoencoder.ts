import {
  openFiles,
  parseFlux2VaeConfig,
  toSinglePrecision,
  type VaeConfig,
  vaeDecoder,
  vaeEncoder,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Picture } from "../../pictures/picture.ts";
import { planesOf } from "../../pictures/planes.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { fitColours } from "../fit-colours.ts";
import { fitLimitedSides, requireLimitedSides } from "../fit-sides.ts";
import type { Latent } from "../latent.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput, floatsOf, type TensorValue, tensorOf } from "../tensor.ts";
import { foldSquares, unfoldSquares } from "./fold-squares.ts";

interface Flux2Vae extends Weighted {
  readonly config: VaeConfig;
  /** Mean and deviation of each folded channel: [4 C] */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** Applies a function to every number of each channel. Shapes: [1, C, h, w] -> the same */
function perChannel(
  { shape, data }: TensorValue,
  change: (value: number, channel: number) => number,
): TensorValue {
  const [, , height = 0, width = 0] = shape;
  const area = height * width;
  const changed = Float32Array.from(data as Float32Array, (value, at) =>
    change(value, Math.floor(at / area)),
  );
  return { dtype: "float32", shape, data: changed };
}

/** Pixels a side of one folded latent pixel. */
const latentStep = ({ blockOutChannels }: VaeConfig): number => 2 ** blockOutChannels.length;

async function encode(
  opener: NetworkOpener,
  model: Flux2Vae,
  picture: Picture,
  longerSide: number,
): Promise<Latent> {
  const { config: vae, mean, deviation } = model;
  const step = latentStep(vae);
  const small = fitLimitedSides(picture, step, longerSide);
  const { width, height } = small;
  const pixels = planesOf(small);
  const imageSize = [height, width] as const;
  const session = await openNetwork(opener, model, vaeEncoder, { vae, imageSize });
  const folded = foldSquares(finiteOutput(await session.run({ pixels }), "latent"));
  const tensor = perChannel(
    folded,
    (value, channel) => (value - (mean[channel] ?? 0)) / (deviation[channel] ?? 1),
  );
  return {
    tensor,
    colours: fitColours(
      { values: floatsOf(tensor), height: height / step, width: width / step },
      { values: floatsOf(pixels), height, width },
    ),
    scaling: { factor: 1, shift: 0 },
  };
}

/**
 * Opens FLUX.2's autoencoder, whose latents are folded in squares and normalised a channel; of the weights, only the
 * headers and the channels' statistics are read.
 * Throws: weights.*, config.*.
 * Source: diffusers' AutoencoderKLFlux2 and Flux2KleinPipeline.
 */
export function openFlux2Autoencoder(component: CheckpointComponent): Autoencoder {
  const { vae, epsilon } = parseFlux2VaeConfig(component.config, component.configPath);
  const weights = openFiles(component.files);
  const variance = toSinglePrecision(weights, "bn.running_var");
  const model: Flux2Vae = {
    digest: component.digest,
    weights,
    config: vae,
    mean: toSinglePrecision(weights, "bn.running_mean"),
    deviation: variance.map((value) => Math.sqrt(value + epsilon)),
  };
  return {
    latentChannels: 4 * vae.latentChannels,
    requireSize: (size, longerSide) => requireLimitedSides(size, latentStep(vae), longerSide),
    encode: (opener, picture, longerSide) => encode(opener, model, picture, longerSide),
    async decode(opener, latent) {
      const { mean, deviation } = model;
      const whole = perChannel(
        latent,
        (value, channel) => value * (deviation[channel] ?? 1) + (mean[channel] ?? 0),
      );
      const unfolded = unfoldSquares(whole);
      const [, , height = 0, width = 0] = unfolded.shape;
      const options = { vae, latentSize: [height, width] as const };
      const session = await openNetwork(opener, model, vaeDecoder, options);
      return tensorOf(await session.run({ latent: unfolded }), "pixels");
    },
  };
}
