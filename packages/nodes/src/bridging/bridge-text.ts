import { inputError, type TensorValue } from "@insightgraph/engine/node";
import { type BridgeConfig, textBridge } from "@insightgraph/models";
import type { Latent } from "../generation/latent.ts";
import { type BridgesPart, bridgesOf } from "../model/bridges-part.ts";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";
import { branchesOf } from "../model/variants.ts";

export interface TextBridging {
  /** f_txt, [1, S, E] */
  readonly condition: TensorValue;
  /** v_t, [1, C, h, w] */
  readonly visual: TensorValue;
}

export interface TextBridgeInputs {
  readonly mmTokens: TensorValue;
  readonly vision: TensorValue;
  /** Gives v_t its height and width; networks of a fixed size do not ask. */
  readonly source?: Latent | undefined;
}

/** Networks of full size take the grid and the latent's size from what they read. */
function configFor(
  model: ModelComponent | BridgesPart,
  { mmTokens, vision, source }: TextBridgeInputs,
): BridgeConfig {
  const config = bridgesOf(model);
  if (model.kind === "insightedit") return config;
  const [, , height, width] = source?.tensor.shape ?? [];
  if (height === undefined || width === undefined) {
    throw inputError("the size of v_t is not known.", {
      input: "source",
      hint: "Connect the source's latent.",
    });
  }
  const grid = Math.round(Math.sqrt(vision.shape[1] ?? 0));
  return {
    ...config,
    mmTokens: mmTokens.shape[1] ?? config.mmTokens,
    interaction: { ...config.interaction, grid, visualScale: [height, width] },
  };
}

export async function bridgeText(
  context: OpenModel,
  model: ModelComponent | BridgesPart,
  inputs: TextBridgeInputs,
): Promise<TextBridging> {
  if (model.kind === "insightedit" && !branchesOf(model.variant).hasInteraction) {
    throw inputError("the checkpoint was trained without the bidirectional interaction.", {
      input: "model",
      hint: "Take a Q-Former node in place of the text bridge.",
    });
  }
  const session = await openNetwork(context, model, textBridge, configFor(model, inputs));
  const found = await session.run({ mmTokens: inputs.mmTokens, vision: inputs.vision });
  return { condition: tensorOf(found, "text"), visual: tensorOf(found, "visual") };
}
