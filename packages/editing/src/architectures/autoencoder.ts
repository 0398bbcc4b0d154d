import { unfitArgument } from "../errors.ts";
import type { Picture } from "../pictures/picture.ts";
import { pictureOf } from "../pictures/planes.ts";
import type { Latent } from "./latent.ts";
import type { NetworkOpener } from "./open-network.ts";
import { floatsOf, requireFinite, type TensorValue } from "./tensor.ts";

/** Brings pictures into a latent space and back. */
export interface Autoencoder {
  readonly latentChannels: number;
  /** @param longerSide Pixels that larger pictures are shrunk to; networks of a fixed size ignore it. */
  encode(opener: NetworkOpener, picture: Picture, longerSide: number): Promise<Latent>;
  /** Shapes: latent [1, C, h, w] -> [1, 3, H, W] in [-1, 1] */
  decode(opener: NetworkOpener, latent: TensorValue): Promise<TensorValue>;
}

/**
 * Turns a latent back into a picture.
 * Throws: argument.unfit at `latent` where its channels are not the autoencoder's, sampling.not-finite.
 */
export async function decodeLatent(
  opener: NetworkOpener,
  autoencoder: Autoencoder,
  { tensor }: Latent,
): Promise<Picture> {
  const { latentChannels } = autoencoder;
  const [, channels = 0] = tensor.shape;
  if (channels !== latentChannels) {
    throw unfitArgument(
      "latent",
      `the latent has ${channels} channels, the autoencoder reads ${latentChannels}.`,
      "Decode with the autoencoder that encoded the source.",
    );
  }
  requireFinite(floatsOf(tensor), "the latent");
  const pixels = await autoencoder.decode(opener, tensor);
  const values = floatsOf(pixels);
  requireFinite(values, "the decoded picture");
  const [, , height = 0, width = 0] = pixels.shape;
  return pictureOf(values, width, height);
}
