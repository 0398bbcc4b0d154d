import {
  type CheckpointTokenizer,
  type ClipTextConfig,
  createCheckpointTokenizer,
  parseClipTextConfig,
  readTokenizerFiles,
  type TensorValue,
  type TokenizerFiles,
  vocabularyWarning,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";

/** What CLIP's text half reads, before its network opens. */
export interface TokenizedText {
  readonly config: ClipTextConfig;
  readonly files: TokenizerFiles;
  readonly tokenizer: CheckpointTokenizer;
  /**
   * A text as ids. Shapes: -> [1, L] int64
   * @param warn Receives a sentence where a part of the text is left out, or where encoder and tokenizer know different words.
   */
  idsOf(text: string, warn?: (text: string) => void): TensorValue;
}

/** Turns texts into ids for an encoder of so many words. */
export function textReader(
  tokenizer: CheckpointTokenizer,
  vocabulary: number,
): TokenizedText["idsOf"] {
  return (text, warn) => idsOf(tokenizer, vocabulary, text, warn);
}

function idsOf(
  tokenizer: CheckpointTokenizer,
  vocabulary: number,
  text: string,
  warn?: (text: string) => void,
): TensorValue {
  const surplus = tokenizer.encodeWhole(text).length - tokenizer.length;
  if (surplus > 0) warn?.(`The text is ${surplus} tokens too long; the end is cut off.`);
  const mismatch = vocabularyWarning(tokenizer, vocabulary);
  if (mismatch !== undefined) warn?.(mismatch);
  const data = tokenizer.encode(text);
  return { dtype: "int64", shape: [1, data.length], data };
}

/** Reads the text half's config and its tokenizer's files. Throws: config.*, tokens.file. */
export async function readTokenizedText(
  { config: raw, configPath }: CheckpointComponent,
  { folder }: CheckpointComponent,
): Promise<TokenizedText> {
  const config = parseClipTextConfig(raw, configPath);
  const files = await readTokenizerFiles(folder);
  const tokenizer = createCheckpointTokenizer(files, { length: config.maxTokens });
  return { config, files, tokenizer, idsOf: textReader(tokenizer, config.vocabulary) };
}
