import {
  bareClipText,
  buildNetwork,
  type CheckpointTokenizer,
  type ClipTextConfig,
  clipText,
  createCheckpointTokenizer,
  ldmClip,
  mapKeys,
  openFiles,
  parseClipTextConfig,
  readTokenizerFiles,
  vocabularyWarning,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { layersOf } from "../layers-of.ts";
import { openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput } from "../tensor.ts";
import type { TextEncoder } from "../text-encoder.ts";

/** A CLIP text encoder with its tokenizer. */
interface ClipText extends Weighted {
  readonly config: ClipTextConfig;
  readonly tokenizer: CheckpointTokenizer;
}

function clipTextEncoder(model: ClipText): TextEncoder {
  const { config, tokenizer } = model;
  return {
    async encode(opener, text, warn) {
      const surplus = tokenizer.encodeWhole(text).length - tokenizer.length;
      if (surplus > 0) warn?.(`The text is ${surplus} tokens too long; the end is cut off.`);
      const mismatch = vocabularyWarning(tokenizer, config.vocabulary);
      if (mismatch !== undefined) warn?.(mismatch);
      const session = await openNetwork(opener, model, clipText, config);
      const data = tokenizer.encode(text);
      const ids = { dtype: "int64", shape: [1, data.length], data } as const;
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
  { files, digest, config: raw, configPath }: CheckpointComponent,
  { folder }: CheckpointComponent,
): Promise<TextEncoder> {
  const config = parseClipTextConfig(raw, configPath);
  const tokenizerFiles = await readTokenizerFiles(folder);
  return clipTextEncoder({
    digest,
    weights: mapKeys(openFiles(files), [ldmClip, bareClipText]),
    config,
    tokenizer: createCheckpointTokenizer(tokenizerFiles, { length: config.maxTokens }),
  });
}
