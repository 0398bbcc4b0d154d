import type { TensorValue } from "@insightgraph/engine/node";
import { textBridge } from "@insightgraph/models";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";

export interface TextBridging {
  /** f_txt, [1, S, E] */
  readonly condition: TensorValue;
  /** v_t, [1, C, h, w] */
  readonly visual: TensorValue;
}

export async function bridgeText(
  context: OpenModel,
  model: ModelComponent,
  inputs: { readonly mmTokens: TensorValue; readonly vision: TensorValue },
): Promise<TextBridging> {
  const session = await openNetwork(context, model, textBridge, model.config.bridges);
  const found = await session.run({ mmTokens: inputs.mmTokens, vision: inputs.vision });
  return { condition: tensorOf(found, "text"), visual: tensorOf(found, "visual") };
}
