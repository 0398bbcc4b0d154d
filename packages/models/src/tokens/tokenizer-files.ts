import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModelError } from "../errors.ts";

/** A checkpoint's tokenizer: `tokenizer.json`, or in older repositories `vocab.json` and `merges.txt`. */
export interface TokenizerFiles {
  /** Where they were read, for messages. */
  readonly at: string;
  readonly tokenizer?: unknown;
  readonly vocab?: unknown;
  readonly merges?: string | undefined;
  /** tokenizer_config.json */
  readonly config?: unknown;
  /** special_tokens_map.json */
  readonly specialTokens?: unknown;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new ModelError("tokens.file", "cannot be read.", {
      at: file,
      hint: "Check that it is a file and that it may be read.",
      cause: error,
    });
  }
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
  const [tokenizer, vocab, merges, config, specialTokens] = await Promise.all([
    jsonOf(join(folder, "tokenizer.json")),
    jsonOf(join(folder, "vocab.json")),
    textOf(join(folder, "merges.txt")),
    jsonOf(join(folder, "tokenizer_config.json")),
    jsonOf(join(folder, "special_tokens_map.json")),
  ]);
  if (tokenizer === undefined && (vocab === undefined || merges === undefined)) {
    const sentencePiece = (await textOf(join(folder, "tokenizer.model"))) !== undefined;
    throw new ModelError("tokens.file", `${basename(folder)} holds no tokenizer.`, {
      at: folder,
      hint: sentencePiece
        ? "It has tokenizer.model alone; put the tokenizer.json beside it that newer repositories of the model hold."
        : "It needs tokenizer.json, or vocab.json and merges.txt.",
    });
  }
  return { at: folder, tokenizer, vocab, merges, config, specialTokens };
}
