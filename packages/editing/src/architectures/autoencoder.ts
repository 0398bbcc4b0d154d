import { unfitArgument } from "../errors.ts";
import type { Size } from "../pictures/canvas.ts";
import type { Picture } from "../pictures/picture.ts";
import { pictureOf } from "../pictures/planes.ts";
import type { Latent } from "./latent.ts";
import type { NetworkOpener } from "./open-network.ts";
import { floatsOf, requireFinite, type TensorValue } from "./tensor.ts";

/** Encodes pictures to latents and decodes them. */
export interface Autoencoder {
  readonly latentChannels: number;
  /**
   * Throws: argument.unfit at `longerSide`, for a picture that `encode` would refuse. Absent where it refuses none.
   * @param size In pixels.
   */
  requireSize?(size: Size, longerSide: number): void;
  /** @param longerSide Larger pictures are scaled down to this many pixels; ignored by fixed-size networks. */
  encode(opener: NetworkOpener, picture: Picture, longerSide: number): Promise<Latent>;
  /** Shapes: latent [1, C, h, w] -> [1, 3, H, W] in [-1, 1] */
  decode(opener: NetworkOpener, latent: TensorValue): Promise<TensorValue>;
  /**
   * Decodes an edit while seeing its source, so that what the edit left keeps its detail. Absent where none was trained.
   * Shapes: as `decode`
   */
  decodeWithSource?(
    opener: NetworkOpener,
    latent: TensorValue,
    source: Picture,
  ): Promise<TensorValue>;
}

/**
 * Decodes a latent to a picture.
 * @param source Seen by the decoder, where the autoencoder has one that sees a source.
 * Throws: argument.unfit at `latent` if its channel count is not the autoencoder's, sampling.not-finite.
 */
export async function decodeLatent(
  opener: NetworkOpener,
  autoencoder: Autoencoder,
  { tensor }: Latent,
  source?: Picture,
): Promise<Picture> {
  const { latentChannels } = autoencoder;
  const [, channels = 0] = tensor.shape;
  if (channels !== latentChannels) {
    throw unfitArgument(
      "latent",
      `the latent has ${channels} channels, but the autoencoder expects ${latentChannels}.`,
      "Decode with the autoencoder that encoded the source.",
    );
  }
  requireFinite(floatsOf(tensor), "the latent");
  const pixels =
    source === undefined || autoencoder.decodeWithSource === undefined
      ? await autoencoder.decode(opener, tensor)
      : await autoencoder.decodeWithSource(opener, tensor, source);
  const values = floatsOf(pixels);
  requireFinite(values, "the decoded picture");
  const [, , height = 0, width = 0] = pixels.shape;
  return pictureOf(values, width, height);
}
