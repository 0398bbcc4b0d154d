import { bareClipText, clipTextEmbeds, mapKeys, openFiles } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { openNetwork } from "../open-network.ts";
import { floatsOf, tensorOf } from "../tensor.ts";
import type { TextEmbedder } from "../text-embedder.ts";
import { readTokenizedText } from "./tokenized-text.ts";

/**
 * Opens the header of a CLIP's files for its text half, and its tokenizer.
 * Throws: weights.*, config.*, tokens.file.
 * Source: CLIP (arXiv:2103.00020), section 2.3.
 */
export async function openClipTexts(
  component: CheckpointComponent,
  tokenizer: CheckpointComponent,
): Promise<TextEmbedder> {
  const { config, idsOf } = await readTokenizedText(component, tokenizer);
  const weights = mapKeys(openFiles(component.files), [bareClipText]);
  const model = { digest: component.digest, weights };
  return {
    name: "CLIP",
    async embed(opener, text, warn) {
      const ids = idsOf(text, warn);
      const session = await openNetwork(opener, model, clipTextEmbeds, config);
      return floatsOf(tensorOf(await session.run({ ids }), "embeds"));
    },
  };
}
