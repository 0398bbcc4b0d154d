import { inputError, type TensorValue } from "@insightgraph/engine/node";
import { imageBridge } from "@insightgraph/models";
import { type BridgesPart, bridgesOf } from "../model/bridges-part.ts";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";
import { branchesOf } from "../model/variants.ts";

/** f_img, [1, K, E] */
export async function bridgeImage(
  context: OpenModel,
  model: ModelComponent | BridgesPart,
  mmTokens: TensorValue,
): Promise<TensorValue> {
  if (model.kind === "insightedit" && !branchesOf(model.variant).hasAdapter) {
    throw inputError("the checkpoint was trained without the image branch.", {
      input: "model",
      hint: "Bypass the image alignment adapter.",
    });
  }
  const session = await openNetwork(context, model, imageBridge, bridgesOf(model));
  return tensorOf(await session.run({ mmTokens }), "image");
}
