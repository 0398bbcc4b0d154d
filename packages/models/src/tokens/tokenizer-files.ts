import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModelError } from "../errors.ts";

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
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function bytesOf(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new ModelError("tokens.file", "cannot be read.", {
      at: file,
      hint: "Check that it is a file and that it may be read.",
      cause: error,
    });
  }
}

async function textOf(file: string): Promise<string | undefined> {
  const bytes = await bytesOf(file);
  return bytes && new TextDecoder().decode(bytes);
}

async function jsonOf(file: string): Promise<unknown> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelError("tokens.file", "is no JSON.", {
      at: file,
      hint: "Fetch the file again; it may be cut short.",
      cause: error,
    });
  }
}

/**
 * Reads what a checkpoint's folder holds of its tokenizer.
 * Throws: tokens.file.
 */
export async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const [tokenizer, vocab, merges, sentencePiece, config, addedTokens, specialTokens] =
    await Promise.all([
      jsonOf(join(folder, "tokenizer.json")),
      jsonOf(join(folder, "vocab.json")),
      textOf(join(folder, "merges.txt")),
      bytesOf(join(folder, "tokenizer.model")),
      jsonOf(join(folder, "tokenizer_config.json")),
      jsonOf(join(folder, "added_tokens.json")),
      jsonOf(join(folder, "special_tokens_map.json")),
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
  };
}
