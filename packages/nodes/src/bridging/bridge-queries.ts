import type { TensorValue } from "@insightgraph/engine/node";
import { queryBridge } from "@insightgraph/models";
import { type BridgesPart, bridgesOf } from "../model/bridges-part.ts";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";

/** q', [1, S, E] */
export async function bridgeQueries(
  context: OpenModel,
  model: ModelComponent | BridgesPart,
  mmTokens: TensorValue,
): Promise<TensorValue> {
  const session = await openNetwork(context, model, queryBridge, bridgesOf(model));
  return tensorOf(await session.run({ mmTokens }), "text");
}
