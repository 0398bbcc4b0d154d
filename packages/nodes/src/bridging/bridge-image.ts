import type { TensorValue } from "@insightgraph/engine/node";
import { imageBridge } from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";

/** f_img, [1, K, E] */
export async function bridgeImage(
  context: OpenModel,
  model: ModelComponent,
  mmTokens: TensorValue,
): Promise<TensorValue> {
  const session = await openNetwork(context, model, imageBridge, model.config.bridges);
  return tensorOf(await session.run({ mmTokens }), "image");
}
