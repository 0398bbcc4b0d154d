import {
  bareQwen,
  type CheckpointTokenizer,
  checkFit,
  createCheckpointTokenizer,
  mapKeys,
  openFiles,
  parseQwenConfig,
  type QwenConfig,
  qwenStates,
  qwenVision,
  readTokenizerFiles,
  type TokenizerFiles,
  type WeightMap,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { EditingError } from "../../errors.ts";
import type { Companions } from "../family.ts";
import type { Weighted } from "../open-network.ts";
import { type PictureRules, pictureRules } from "./fit-picture.ts";

/** A Qwen3 or Qwen3-VL with its tokenizer and how it prepares pictures. */
export interface Qwen extends Weighted {
  readonly config: QwenConfig;
  readonly files: TokenizerFiles;
  readonly tokenizer: CheckpointTokenizer;
  readonly pictures: PictureRules;
}

/** Throws: weights.missing, weights.shape, weights.mismatch. */
function requireFit({ text, vision }: QwenConfig, weights: WeightMap): void {
  checkFit(qwenStates, { text, states: [text.layers] }, weights);
  if (vision !== undefined) checkFit(qwenVision, vision, weights);
}

/**
 * Opens a Qwen; of the weights, only the headers are read.
 * Throws: weights.*, config.*, tokens.file, checkpoint.part.
 */
export async function openQwen(
  component: CheckpointComponent,
  { tokenizer, processor, feature_extractor }: Companions,
): Promise<Qwen> {
  if (tokenizer === undefined) {
    throw new EditingError("checkpoint.part", "its language model has no tokenizer.", {
      at: component.folder,
      hint: "Add the checkpoint again with its tokenizer's files.",
    });
  }
  const files = await readTokenizerFiles(tokenizer.folder);
  const config = parseQwenConfig(component.config, component.configPath);
  const weights = mapKeys(openFiles(component.files), [bareQwen]);
  requireFit(config, weights);
  return {
    config,
    files,
    tokenizer: createCheckpointTokenizer(files),
    pictures: pictureRules((processor ?? feature_extractor)?.config ?? {}),
    digest: component.digest,
    staysInFiles: true,
    weights,
  };
}
