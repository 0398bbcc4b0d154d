import {
  type BridgeConfig,
  bridgeConfigOf,
  checkFit,
  imageBridge,
  mapKeys,
  openFiles,
  queryBridge,
  smartEditQFormer,
  smartEditStageOne,
  textBridge,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { unfitArgument } from "../../errors.ts";
import type { Bridges, TextBridgeInputs } from "../bridges.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput, type TensorValue } from "../tensor.ts";
import type { InsightEditPart } from "./checkpoint.ts";
import { type Branches, branchesOf } from "./variants.ts";

/** Bridging networks, and how the text bridge's sizes follow from its inputs. */
interface BridgeNetworks extends Weighted {
  readonly bridges: BridgeConfig;
  configFor(inputs: TextBridgeInputs): BridgeConfig;
}

async function bridgeText(
  opener: NetworkOpener,
  networks: BridgeNetworks,
  inputs: TextBridgeInputs,
) {
  const session = await openNetwork(opener, networks, textBridge, networks.configFor(inputs));
  const found = await session.run({ mmTokens: inputs.mmTokens, vision: inputs.vision });
  return { condition: finiteOutput(found, "text"), visual: finiteOutput(found, "visual") };
}

async function bridgeImage(
  opener: NetworkOpener,
  networks: BridgeNetworks,
  mmTokens: TensorValue,
): Promise<TensorValue> {
  const session = await openNetwork(opener, networks, imageBridge, networks.bridges);
  return finiteOutput(await session.run({ mmTokens }), "image");
}

async function bridgeQueries(
  opener: NetworkOpener,
  networks: BridgeNetworks,
  mmTokens: TensorValue,
): Promise<TensorValue> {
  const session = await openNetwork(opener, networks, queryBridge, networks.bridges);
  return finiteOutput(await session.run({ mmTokens }), "text");
}

function bridgesOf(networks: BridgeNetworks, { hasAdapter, hasInteraction }: Branches): Bridges {
  return {
    queries: (opener, mmTokens) => bridgeQueries(opener, networks, mmTokens),
    ...(hasInteraction && { text: (opener, inputs) => bridgeText(opener, networks, inputs) }),
    ...(hasAdapter && { image: (opener, mmTokens) => bridgeImage(opener, networks, mmTokens) }),
  };
}

/** Bridges of a fixed-size network, with the branches that its variant was trained with. Throws: weights.*. */
export function fixedBridges(part: InsightEditPart): Bridges {
  const { bridges } = part.config;
  const branches = branchesOf(part.variant);
  const { hasAdapter, hasInteraction } = branches;
  checkFit(hasInteraction ? textBridge : queryBridge, bridges, part.weights, part.part);
  if (hasAdapter) checkFit(imageBridge, bridges, part.weights, part.part);
  return bridgesOf({ ...part, bridges, configFor: () => bridges }, branches);
}

/** Full-size networks take grid and latent size from their inputs. */
function sizedFor(config: BridgeConfig, { mmTokens, vision, source }: TextBridgeInputs) {
  const [, , height, width] = source?.tensor.shape ?? [];
  if (height === undefined || width === undefined) {
    throw unfitArgument(
      "source",
      "the size of v_t is unknown.",
      "Connect the latent of the source picture.",
    );
  }
  const grid = Math.round(Math.sqrt(vision.shape[1] ?? 0));
  return {
    ...config,
    mmTokens: mmTokens.shape[1] ?? config.mmTokens,
    interaction: { ...config.interaction, grid, visualScale: [height, width] as const },
  };
}

function positive(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}

/**
 * Opens full-size bridging networks under SmartEdit's names: Q-Former, interaction module and, if present, the image
 * alignment adapter. Reads only the headers. Throws: weights.*.
 */
export function openSmartEditBridges({ files, digest, config }: CheckpointComponent): Bridges {
  const weights = new Map(
    files.flatMap((file) => [...mapKeys(openFiles([file]), [smartEditQFormer, smartEditStageOne])]),
  );
  const qFormerHeadWidth = positive(config["qformer_head_width"]);
  const interactionHeads = positive(config["interaction_heads"]);
  const bridges = bridgeConfigOf(weights, {
    ...(qFormerHeadWidth !== undefined && { qFormerHeadWidth }),
    ...(interactionHeads !== undefined && { interactionHeads }),
  });
  const networks: BridgeNetworks = {
    digest,
    weights,
    bridges,
    configFor: (inputs) => sizedFor(bridges, inputs),
  };
  const hasAdapter = [...weights.keys()].some((key) => key.startsWith("image_alignment_adapter."));
  return bridgesOf(networks, { hasAdapter, hasInteraction: true });
}
