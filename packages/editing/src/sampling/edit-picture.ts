import type { Autoencoder } from "../architectures/autoencoder.ts";
import { decodeLatent } from "../architectures/autoencoder.ts";
import type { Bridges } from "../architectures/bridges.ts";
import type { Comprehender } from "../architectures/comprehender.ts";
import type { Denoiser } from "../architectures/denoiser.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { Picture } from "../pictures/picture.ts";
import { type SampleSettings, sampleLatent } from "./sample-latent.ts";

/** The parts of a model that an edit runs through. */
export interface EditParts {
  readonly comprehender: Comprehender;
  readonly bridges: Bridges;
  readonly denoiser: Denoiser;
  readonly autoencoder: Autoencoder;
}

/** How an edit is sampled. */
export interface EditSettings extends SampleSettings {
  readonly imageScale?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Edits a picture by one instruction: comprehension, bridges, sampling, decoding. The result has the decoder's size.
 * Throws: argument.unfit, sampling.not-finite.
 */
export async function editPicture(
  opener: NetworkOpener,
  parts: EditParts,
  picture: Picture,
  instruction: string,
  { imageScale, signal, ...settings }: EditSettings,
): Promise<Picture> {
  const { comprehender, bridges, denoiser, autoencoder } = parts;
  const read = await comprehender.comprehend(opener, picture, instruction);
  const bridged = bridges.text
    ? await bridges.text(opener, read)
    : { condition: await bridges.queries(opener, read.mmTokens) };
  const tokens =
    imageScale === undefined ? undefined : await bridges.image?.(opener, read.mmTokens);
  const source = await autoencoder.encode(opener, picture, 512);
  const inputs = {
    source,
    ...bridged,
    imageCondition: tokens && { tokens, scale: imageScale ?? 1 },
  };
  const hooks = { signal, onStep: () => {} };
  const edited = await sampleLatent(opener, denoiser, inputs, settings, hooks);
  return decodeLatent(opener, autoencoder, edited);
}
