import {
  bareClipText,
  buildNetwork,
  clipText,
  createCheckpointTokenizer,
  ldmClip,
  mapKeys,
  openFiles,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { findTaskTokens, spellTasks } from "../clip/task-tokens.ts";
import { readTokenizedText, type TokenizedText, textReader } from "../clip/tokenized-text.ts";
import { layersOf } from "../layers-of.ts";
import { openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput } from "../tensor.ts";
import type { TextEncoder } from "../text-encoder.ts";

/** A CLIP text encoder with its tokenizer. */
interface ClipText extends Weighted, Pick<TokenizedText, "config" | "idsOf"> {
  readonly knowsTasks?: boolean;
}

function clipTextEncoder(model: ClipText): TextEncoder {
  const { config } = model;
  return {
    knowsTasks: model.knowsTasks === true,
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
  const { config, files, tokenizer: own, idsOf } = await readTokenizedText(component, tokenizer);
  const weights = mapKeys(openFiles(component.files), [ldmClip, bareClipText]);
  const { digest } = component;
  const tasks = findTaskTokens(weights, { encoder: config.vocabulary, tokenizer: own.size });
  if (tasks === undefined) return clipTextEncoder({ config, idsOf, digest, weights });
  const { added, words: vocabulary } = tasks;
  const taught = createCheckpointTokenizer(files, { length: config.maxTokens, added });
  const read = textReader(taught, vocabulary);
  return clipTextEncoder({
    config: { ...config, vocabulary },
    idsOf: (text, warn) => read(spellTasks(text), warn),
    digest,
    weights: tasks.weights,
    knowsTasks: true,
  });
}
