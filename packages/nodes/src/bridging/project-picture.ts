import type { TensorValue } from "@insightgraph/engine/node";
import {
  clipVisionEmbeds,
  clipVisionFeatures,
  imagePerceptron,
  imageProjection,
  imageResampler,
} from "@insightgraph/models";
import { clipPixels } from "../comprehension/clip-pixels.ts";
import { type OpenModel, openNetwork } from "../model/component.ts";
import type { IpAdapterPart } from "../model/ip-adapter-part.ts";
import { tensorOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";

/** What the projection reads: the picture's embedding, or its patches before the last layer. */
async function seen(
  context: OpenModel,
  { encoder, projection }: IpAdapterPart,
  pixels: TensorValue,
): Promise<Readonly<Record<string, TensorValue>>> {
  if (projection.kind === "plain") {
    const session = await openNetwork(context, encoder, clipVisionEmbeds, encoder.config);
    return { embeds: tensorOf(await session.run({ pixels }), "embeds") };
  }
  const chosen = { vision: encoder.config, selectLayer: -2, keepClass: true };
  const session = await openNetwork(context, encoder, clipVisionFeatures, chosen);
  return { features: tensorOf(await session.run({ pixels }), "features") };
}

function openProjection(context: OpenModel, adapter: IpAdapterPart) {
  const { projection } = adapter;
  if (projection.kind === "plain") {
    return openNetwork(context, adapter, imageProjection, projection.config);
  }
  if (projection.kind === "plus") {
    return openNetwork(context, adapter, imageResampler, projection.config);
  }
  return openNetwork(context, adapter, imagePerceptron, projection.config);
}

/** A picture as tokens for the image half of the cross-attentions, [1, K, E]. */
export async function projectPicture(
  context: OpenModel,
  adapter: IpAdapterPart,
  picture: Picture,
): Promise<TensorValue> {
  const inputs = await seen(context, adapter, clipPixels(picture, adapter.pixels));
  const session = await openProjection(context, adapter);
  return tensorOf(await session.run(inputs), "image");
}
