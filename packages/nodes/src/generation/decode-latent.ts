import { patchDecoder } from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { floatsOf, tensorOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";
import type { Latent } from "./latent.ts";
import { pictureOf } from "./pixels.ts";

export async function decodeLatent(
  context: OpenModel,
  model: ModelComponent,
  { tensor }: Latent,
): Promise<Picture> {
  const session = await openNetwork(context, model, patchDecoder, model.config.vae);
  const pixels = tensorOf(await session.run({ latent: tensor }), "pixels");
  const [, , height = 0, width = 0] = pixels.shape;
  return pictureOf(floatsOf(pixels), width, height);
}
