import {
  type CheckpointTokenizer,
  createCheckpointTokenizer,
  readTokenizerFiles,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/component.ts";

/**
 * The tokenizer of a model: its own component, or files in the model's folder.
 * Throws: tokens.file.
 */
export async function openTokenizer(
  model: CheckpointComponent,
  tokenizer: CheckpointComponent | undefined,
  options?: Parameters<typeof createCheckpointTokenizer>[1],
): Promise<CheckpointTokenizer> {
  const files = await readTokenizerFiles(tokenizer?.folder ?? model.folder);
  return createCheckpointTokenizer(files, options);
}
