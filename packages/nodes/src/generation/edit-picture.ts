import { bridgeImage } from "../bridging/bridge-image.ts";
import { bridgeQueries } from "../bridging/bridge-queries.ts";
import { bridgeText } from "../bridging/bridge-text.ts";
import { comprehend } from "../comprehension/comprehend.ts";
import type { ModelComponent, OpenModel, Part } from "../model/component.ts";
import { branchesOf } from "../model/variants.ts";
import type { Picture } from "../port-types.ts";
import { decodeLatent } from "./decode-latent.ts";
import { encodePicture } from "./encode-picture.ts";
import { type SampleSettings, sampleLatent } from "./sample-latent.ts";

export interface EditSettings extends SampleSettings {
  /** Lambda of the image half; undefined leaves the adapter out. */
  readonly imageScale?: number | undefined;
  readonly signal: AbortSignal;
}

/** What graphs/insightedit.json does, as one call, at the model's own size and with the branches that it has. */
export async function editPicture(
  context: OpenModel,
  parts: Readonly<Record<Part, ModelComponent>>,
  picture: Picture,
  instruction: string,
  { imageScale, signal, ...settings }: EditSettings,
): Promise<Picture> {
  const read = await comprehend(context, parts.mllm, picture, instruction);
  const { hasAdapter, hasInteraction } = branchesOf(parts.bridges.variant);
  const bridged = hasInteraction
    ? await bridgeText(context, parts.bridges, read)
    : { condition: await bridgeQueries(context, parts.bridges, read.mmTokens) };
  const imageCondition =
    imageScale === undefined || !hasAdapter
      ? undefined
      : { tokens: await bridgeImage(context, parts.bridges, read.mmTokens), scale: imageScale };
  const source = await encodePicture(context, parts.vae, picture);
  const inputs = { source, ...bridged, imageCondition };
  const hooks = { signal, onStep: () => {} };
  const edited = await sampleLatent(context, parts.unet, inputs, settings, hooks);
  return decodeLatent(context, parts.vae, edited);
}
