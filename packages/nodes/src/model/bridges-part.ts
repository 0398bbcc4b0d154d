import {
  type BridgeConfig,
  bridgeConfigOf,
  mapKeys,
  openFiles,
  smartEditQFormer,
  smartEditStageOne,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/find-component.ts";
import type { ModelComponent, Weighted } from "./component.ts";

/** Bridging networks of full size; the vision grid and the latent's size come with what they read. */
export interface BridgesPart extends Weighted {
  readonly kind: "bridges";
  readonly config: BridgeConfig;
}

function positive(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}

/**
 * Opens the headers of the bridging networks' files: Q-Former and interaction module, and the image alignment adapter
 * where there is one. Throws: weights.*.
 */
export function openBridges({ files, digest, config }: CheckpointComponent): BridgesPart {
  const weights = new Map(
    files.flatMap((file) => [...mapKeys(openFiles([file]), [smartEditQFormer, smartEditStageOne])]),
  );
  const headWidth = positive(config["qformer_head_width"]);
  const heads = positive(config["interaction_heads"]);
  const told = {
    ...(headWidth === undefined ? {} : { qFormerHeadWidth: headWidth }),
    ...(heads === undefined ? {} : { interactionHeads: heads }),
  };
  return { kind: "bridges", digest, weights, config: bridgeConfigOf(weights, told) };
}

/** What a part says of its bridging networks. */
export function bridgesOf(model: ModelComponent | BridgesPart): BridgeConfig {
  return model.kind === "insightedit" ? model.config.bridges : model.config;
}
