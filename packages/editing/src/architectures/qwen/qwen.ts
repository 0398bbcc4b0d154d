import {
  bareQwen,
  type CheckpointTokenizer,
  createCheckpointTokenizer,
  mapKeys,
  openFiles,
  parseQwenConfig,
  type QwenConfig,
  readTokenizerFiles,
  type TokenizerFiles,
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
  return {
    config: parseQwenConfig(component.config, component.configPath),
    files,
    tokenizer: createCheckpointTokenizer(files),
    pictures: pictureRules((processor ?? feature_extractor)?.config ?? {}),
    digest: component.digest,
    staysInFiles: true,
    weights: mapKeys(openFiles(component.files), [bareQwen]),
  };
}
