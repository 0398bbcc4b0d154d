import {
  bareClipText,
  buildNetwork,
  clipText,
  ldmClip,
  mapKeys,
  openFiles,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { readTokenizedText, type TokenizedText } from "../clip/tokenized-text.ts";
import { layersOf } from "../layers-of.ts";
import { openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput } from "../tensor.ts";
import type { TextEncoder } from "../text-encoder.ts";

/** A CLIP text encoder with its tokenizer. */
interface ClipText extends Weighted, TokenizedText {}

function clipTextEncoder(model: ClipText): TextEncoder {
  const { config } = model;
  return {
    async encode(opener, text, warn) {
      const ids = model.idsOf(text, warn);
      const session = await openNetwork(opener, model, clipText, config);
      return finiteOutput(await session.run({ ids }), "states");
    },
    lora: {
      part: "text_encoder",
      layers: () => layersOf(buildNetwork(clipText, config)),
      add: (lora) => clipTextEncoder({ ...model, loras: [...(model.loras ?? []), lora] }),
    },
  };
}

/**
 * Opens a CLIP text encoder and its tokenizer; of the weights, only the headers are read.
 * Throws: weights.*, config.*, tokens.file.
 * Source: CLIP (arXiv:2103.00020), as Stable Diffusion reads it.
 */
export async function openClipText(
  component: CheckpointComponent,
  tokenizer: CheckpointComponent,
): Promise<TextEncoder> {
  return clipTextEncoder({
    ...(await readTokenizedText(component, tokenizer)),
    digest: component.digest,
    weights: mapKeys(openFiles(component.files), [ldmClip, bareClipText]),
  });
}
