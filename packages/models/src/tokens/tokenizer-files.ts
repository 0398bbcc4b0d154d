import { basename, join } from "node:path";
import { ModelError } from "../errors.ts";
import { decodeText, readBytes, readJsonFile } from "../files/text-file.ts";

/** A checkpoint's tokenizer: `tokenizer.json`, or in older repositories `vocab.json` and `merges.txt`, or `tokenizer.model`. */
export interface TokenizerFiles {
  /** Where they were read, for messages. */
  readonly at: string;
  readonly tokenizer?: unknown;
  readonly vocab?: unknown;
  readonly merges?: string | undefined;
  /** tokenizer.model */
  readonly sentencePiece?: Uint8Array | undefined;
  /** tokenizer_config.json */
  readonly config?: unknown;
  /** added_tokens.json: ids of words that were learnt later. */
  readonly addedTokens?: unknown;
  /** special_tokens_map.json */
  readonly specialTokens?: unknown;
  /** How a talk is written as one text: chat_template.jinja or .json, or a field of tokenizer_config.json. */
  readonly chatTemplate?: string | undefined;
}

async function readText(file: string): Promise<string | undefined> {
  const bytes = await readBytes(file);
  return bytes && decodeText(bytes, file);
}

const templateIn = (json: unknown): string | undefined => {
  const template = typeof json === "object" && json !== null && Reflect.get(json, "chat_template");
  return typeof template === "string" ? template : undefined;
};

/**
 * Reads what a checkpoint's folder holds of its tokenizer.
 * Throws: tokens.file, file.unreadable, file.encoding, file.json.
 */
export async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const [tokenizer, vocab, merges, sentencePiece, config, addedTokens, specialTokens, jinja, talk] =
    await Promise.all([
      readJsonFile(join(folder, "tokenizer.json")),
      readJsonFile(join(folder, "vocab.json")),
      readText(join(folder, "merges.txt")),
      readBytes(join(folder, "tokenizer.model")),
      readJsonFile(join(folder, "tokenizer_config.json")),
      readJsonFile(join(folder, "added_tokens.json")),
      readJsonFile(join(folder, "special_tokens_map.json")),
      readText(join(folder, "chat_template.jinja")),
      readJsonFile(join(folder, "chat_template.json")),
    ]);
  const hasPairs = vocab !== undefined && merges !== undefined;
  if (tokenizer === undefined && !hasPairs && sentencePiece === undefined) {
    throw new ModelError("tokens.file", `${basename(folder)} holds no tokenizer.`, {
      at: folder,
      hint: "It needs tokenizer.json, or vocab.json and merges.txt, or tokenizer.model.",
    });
  }
  return {
    at: folder,
    tokenizer,
    vocab,
    merges,
    sentencePiece,
    config,
    addedTokens,
    specialTokens,
    chatTemplate: jinja ?? templateIn(talk) ?? templateIn(config),
  };
}
