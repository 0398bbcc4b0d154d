import { createHash } from "node:crypto";
import {
  bareClipVision,
  type CheckpointTokenizer,
  type ClipPixelsConfig,
  createCheckpointTokenizer,
  encodePrompt,
  type LlavaConfig,
  llava,
  ModelError,
  mapKeys,
  openFiles,
  originalLlava,
  type PromptLayout,
  parseClipPixelsConfig,
  parseLlavaConfig,
  promptTemplates,
  readTokenizerFiles,
  smartEditLanguageModel,
  transformersLlava,
  type WeightMap,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { Comprehender } from "../comprehender.ts";
import { openNetwork, type Weighted } from "../open-network.ts";
import { readInstruction } from "../read-instruction.ts";
import { finiteOutput } from "../tensor.ts";

/** A LLaVA with its tokenizer and preprocessing. */
interface Llava extends Weighted {
  readonly config: LlavaConfig;
  readonly tokenizer: CheckpointTokenizer;
  readonly pixels: ClipPixelsConfig;
  readonly template: string;
  readonly layout: PromptLayout;
}

/** Files of a LLaVA. */
export interface LlavaFiles {
  readonly llava: CheckpointComponent;
  readonly tokenizer: CheckpointComponent;
  /** A separate checkpoint of the vision tower, if LLaVA's has none. */
  readonly tower?: CheckpointComponent | undefined;
  readonly processor?: CheckpointComponent | undefined;
}

/** Prompt and tokens that a LLaVA was trained with. */
export interface LlavaOptions {
  readonly prompt: keyof typeof promptTemplates;
  readonly mmTokens: number;
  readonly firstMmToken: number;
  /** Largest prompt length in tokens, without the picture's. */
  readonly textTokens: number;
}

function weightsOf({ llava, tower }: LlavaFiles): WeightMap {
  const own = mapKeys(openFiles(llava.files), [
    transformersLlava,
    originalLlava,
    smartEditLanguageModel,
  ]);
  if (tower === undefined) return own;
  const seeing = mapKeys(openFiles(tower.files), [bareClipVision]);
  const towerKeys = [...seeing].filter(([key]) => key.startsWith("vision_model."));
  return new Map([
    ...own,
    ...towerKeys.map(([key, tensor]) => [`vision_tower.${key}`, tensor] as const),
  ]);
}

/** Ids of tokens that texts must not produce; SmartEdit's three marks precede the [MM] tokens. */
function addedTokens({ mmTokens, firstMmToken }: LlavaOptions): Record<string, number> {
  const marks = ["<img>", "<im_start>", "<im_end>"];
  const names = [...marks, ...Array.from({ length: mmTokens }, (_, at) => `<img_${at}>`)];
  return Object.fromEntries(names.map((name, at) => [name, firstMmToken - marks.length + at]));
}

function checkRows(rows: number, { mmTokens, firstMmToken }: LlavaOptions): void {
  if (firstMmToken + mmTokens <= rows) return;
  throw new ModelError(
    "weights.missing",
    `it has embeddings of ${rows} tokens, but the [MM] tokens end at ${firstMmToken + mmTokens}.`,
    {
      hint: "Use a checkpoint that was trained for editing, or correct the id of its first [MM] token.",
    },
  );
}

function llavaComprehender(model: Llava): Comprehender {
  const { template, tokenizer, layout, pixels } = model;
  return {
    async comprehend(opener, picture, instruction) {
      const data = readInstruction(() => encodePrompt(template, instruction, tokenizer, layout));
      const session = await openNetwork(opener, model, llava, model.config);
      const found = await session.run({
        pixels: clipPixels(picture, pixels),
        ids: { dtype: "int64", shape: [1, data.length], data },
      });
      return { mmTokens: finiteOutput(found, "mmTokens"), vision: finiteOutput(found, "vision") };
    },
  };
}

/**
 * Opens a LLaVA and its tokenizer; of the weights, only the headers are read.
 * Throws: weights.*, config.*, tokens.file.
 * Source: LLaVA (arXiv:2304.08485); SmartEdit (arXiv:2312.06739) for the token ids.
 */
export async function openLlava(files: LlavaFiles, options: LlavaOptions): Promise<Comprehender> {
  const { llava, tower, tokenizer, processor } = files;
  const weights = weightsOf(files);
  const extraTokens = weights.get("extra_embed_tokens.weight")?.shape[0] ?? 0;
  const { mmTokens, firstMmToken, textTokens } = options;
  const sequence = { length: 0, imageToken: 0, mmTokens, firstMmToken, extraTokens };
  const read = parseLlavaConfig({ llava: llava.config, vision: tower?.config }, sequence);
  const { imageSize, patchSize } = read.features.vision;
  const patches = Math.floor(imageSize / patchSize) ** 2 + (read.features.keepClass ? 1 : 0);
  const rows = read.language.vocabulary + extraTokens;
  checkRows(rows, options);
  // The image token can be any id beyond the rows.
  const placed = { length: patches + textTokens, imageToken: rows };
  const config = { ...read, sequence: { ...sequence, ...placed } };
  const shape = { height: imageSize, width: imageSize };
  // Without a processor, pictures are stretched to the size, as in SmartEdit.
  const squashed = { size: shape, do_center_crop: false };
  const digest = createHash("sha256").update(`${llava.digest} ${tower?.digest ?? ""}`);
  return llavaComprehender({
    digest: digest.digest("hex"),
    weights,
    config,
    tokenizer: createCheckpointTokenizer(await readTokenizerFiles(tokenizer.folder), {
      added: addedTokens(options),
    }),
    pixels: parseClipPixelsConfig(processor?.config ?? squashed),
    template: promptTemplates[options.prompt],
    layout: { ...placed, patches, mmTokens, firstMmToken },
  });
}
