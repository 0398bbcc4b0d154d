import { type InsightEditConfig, openFiles } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { EditingError } from "../../errors.ts";
import type { Weighted } from "../open-network.ts";
import { type ModelVariant, modelVariants } from "./variants.ts";

/** One part of a checkpoint of InsightEdit's own networks, which share one file. */
export interface InsightEditPart extends Weighted {
  readonly config: InsightEditConfig;
  readonly variant: ModelVariant;
  /** Words that the comprehension network knows, by id from 1. */
  readonly vocabulary: readonly string[];
}

/** Content of such a checkpoint's `config.json`. */
type CheckpointConfig = Pick<InsightEditPart, "variant" | "vocabulary"> & {
  readonly network: InsightEditConfig;
};

/** Whether a component belongs to a checkpoint of InsightEdit's own networks. */
export function isInsightEdit({ config }: CheckpointComponent): boolean {
  const { network, vocabulary } = config;
  return typeof network === "object" && network !== null && Array.isArray(vocabulary);
}

function configOf(component: CheckpointComponent): CheckpointConfig {
  if (!isInsightEdit(component)) {
    throw new EditingError(
      "checkpoint.damaged",
      "its config does not describe InsightEdit's networks.",
      {
        at: component.configPath ?? component.folder,
        hint: "Load checkpoints of the Stable Diffusion family with model.unet, model.vae and model.clip-text.",
      },
    );
  }
  const { network, vocabulary, variant } = component.config as unknown as CheckpointConfig;
  return { network, vocabulary, variant: modelVariants.find((name) => name === variant) ?? "full" };
}

/**
 * Opens one part's tree of weights; the weights stay in their file.
 * Throws: weights.*, checkpoint.damaged.
 */
export function openInsightEditPart(
  component: CheckpointComponent,
  part: "mllm" | "bridges" | "unet" | "vae",
): InsightEditPart {
  const { network, vocabulary, variant } = configOf(component);
  const weights = openFiles(component.files);
  return { part, digest: component.digest, weights, config: network, variant, vocabulary };
}
