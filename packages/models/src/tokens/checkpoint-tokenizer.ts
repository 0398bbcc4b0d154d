import { Tokenizer as Bpe } from "@huggingface/tokenizers";
import { ModelError } from "../errors.ts";
import {
  type AddedToken,
  learntTokens,
  specialToken,
  tokenText,
  withAddedTokens,
} from "./added-tokens.ts";
import { byteLevelTokenizerJson } from "./byte-level-bpe.ts";
import { clipTokenizerJson } from "./clip-bpe.ts";
import { sentencePieceJson } from "./sentence-piece.ts";
import type { Tokenizer } from "./tokenizer.ts";
import type { TokenizerFiles } from "./tokenizer-files.ts";

/** Length of an encoded text, and tokens beside the checkpoint's. */
export interface CheckpointTokenizerOptions {
  /** Ids that `encode` gives; longer texts are cut, their end token kept. @default the checkpoint's, at most 77 */
  readonly length?: number;
  /** Tokens beside the checkpoint's own, which texts may spell out, by their ids. */
  readonly added?: Readonly<Record<string, number>>;
}

/** CLIP's, Llama's or Qwen's tokenizer as a checkpoint holds it. */
export interface CheckpointTokenizer extends Tokenizer {
  readonly length: number;
  /** All ids of a text, with the tokens that begin and end it; neither cut nor padded. */
  encodeWhole(text: string): readonly number[];
  /** All ids of a piece of a text, without them. */
  encodePiece(text: string): readonly number[];
  /** Throws: tokens.file, when the tokenizer has no such token. */
  idOf(token: string): number;
  readonly padId: number;
  /** The token that ends what a model says, where the files name one. */
  readonly endId: number | undefined;
  /** The text of ids; special tokens are left out, and a character whose bytes are not all there is U+FFFD. */
  decode(ids: readonly number[]): string;
  /** One more than its greatest id: rows of an embedding from here on have no word. */
  readonly size: number;
}

/** A sentence for a text encoder whose embedding has other rows than the tokenizer has ids; undefined where they agree. */
export function vocabularyWarning(
  { size }: Pick<CheckpointTokenizer, "size">,
  rows: number,
): string | undefined {
  if (rows === size) return undefined;
  return rows > size
    ? `The text encoder has ${rows} words, the tokenizer ${size}: words that were learnt later cannot be written.`
    : `The tokenizer has ${size} words, the text encoder only ${rows}: the last cannot be read.`;
}

const longest = 77;

type Json = Readonly<Record<string, unknown>>;

function asJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

/** The first of some special tokens that the files name. */
function namedToken(
  { config, specialTokens }: TokenizerFiles,
  names: readonly string[],
): string | undefined {
  const files = [asJson(specialTokens), asJson(config)];
  return names
    .flatMap((name) => files.map((file) => tokenText(file[name])))
    .find((token) => token !== undefined);
}

/** What the checkpoint's tokenizer.json holds, or would hold. */
function jsonOf(files: TokenizerFiles, learnt: readonly AddedToken[]): unknown {
  const { at, vocab, merges, sentencePiece } = files;
  if (files.tokenizer !== undefined) return files.tokenizer;
  if (sentencePiece !== undefined && merges === undefined) {
    return sentencePieceJson(sentencePiece, at);
  }
  if (/Qwen2Tokenizer/.test(String(asJson(files.config)["tokenizer_class"]))) {
    return byteLevelTokenizerJson(vocab, merges ?? "");
  }
  const named = ["bos_token", "eos_token", "unk_token", "pad_token"].flatMap(
    (name) => namedToken(files, [name]) ?? [],
  );
  const contents = new Set(learnt.map(({ content }) => content));
  const special = named.filter((token) => !contents.has(token));
  return clipTokenizerJson(vocab, merges ?? "", { at, special });
}

function openBpe(files: TokenizerFiles, added: Readonly<Record<string, number>>): Bpe {
  const { at } = files;
  const learnt = learntTokens(files);
  const further = Object.entries(added).map(([content, id]) => specialToken(content, id));
  const json = asJson(jsonOf(files, learnt));
  const absent = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  const whole = withAddedTokens({ ...absent, ...json }, learnt, at);
  try {
    return new Bpe(
      { ...whole, added_tokens: [...whole.added_tokens, ...further] },
      asJson(files.config),
    );
  } catch (error) {
    throw new ModelError("tokens.file", "tokenizer.json does not describe a supported tokenizer.", {
      at,
      hint: "Download the file again, or report the checkpoint.",
      cause: error,
    });
  }
}

/** One more than the greatest id. */
const idLimitOf = (bpe: Bpe): number =>
  [...bpe.get_vocab().values()].reduce((most, id) => Math.max(most, id + 1), 0);

/** How many special tokens stand after a text. */
function endingOf(bpe: Bpe): number {
  const ids = (specials: boolean): readonly number[] =>
    bpe.encode("a", { add_special_tokens: specials }).ids;
  const [plain, framed] = [ids(false), ids(true)];
  const start = framed.findIndex((_, from) => plain.every((id, at) => framed[from + at] === id));
  return framed.length - plain.length - Math.max(0, start);
}

/**
 * A checkpoint's own tokenizer: CLIP's, Llama's or Qwen's.
 * Throws: tokens.file.
 */
export function createCheckpointTokenizer(
  files: TokenizerFiles,
  { length, added = {} }: CheckpointTokenizerOptions = {},
): CheckpointTokenizer {
  const bpe = openBpe(files, added);
  const idOf = (token: string): number => {
    const id = bpe.token_to_id(token);
    if (id !== undefined) return id;
    throw new ModelError("tokens.file", `the tokenizer has no token ${token}.`, {
      at: files.at,
      hint: "Use the tokenizer that belongs to the weights.",
    });
  };
  const stated = asJson(files.config)["model_max_length"];
  const size = length ?? Math.min(longest, typeof stated === "number" ? stated : longest);
  const padId = idOf(namedToken(files, ["pad_token", "unk_token", "eos_token"]) ?? "<|endoftext|>");
  const endToken = namedToken(files, ["eos_token"]);
  const ending = endingOf(bpe);
  // JavaScript alone turns a capital sigma at a word's end into the final one.
  const lowers = JSON.stringify(bpe.normalizer?.config ?? {}).includes('"Lowercase"');
  const idsOf = (text: string, specials: boolean): readonly number[] =>
    bpe.encode(lowers ? text.replaceAll("\u03a3", "\u03c3") : text, {
      add_special_tokens: specials,
    }).ids;
  const encodeWhole = (text: string): readonly number[] => idsOf(text, true);
  return {
    length: size,
    size: idLimitOf(bpe),
    padId,
    endId: endToken === undefined ? undefined : idOf(endToken),
    decode: (ids) =>
      bpe.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    idOf,
    encodeWhole,
    encodePiece: (text) => idsOf(text, false),
    encode(text) {
      const all = encodeWhole(text);
      const tail = all.slice(all.length - ending);
      const kept = all.length <= size ? all : [...all.slice(0, size - ending), ...tail];
      return BigInt64Array.from({ length: size }, (_, at) => BigInt(kept[at] ?? padId));
    },
  };
}
