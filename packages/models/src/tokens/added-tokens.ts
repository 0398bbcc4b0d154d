import { ModelError } from "../errors.ts";
import type { TokenizerFiles } from "./tokenizer-files.ts";

/** A token beside the model's vocabulary, as `tokenizer.json` writes it: found in a text before anything is split. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  /** Whether it is sought in the normalized text. */
  readonly normalized: boolean;
  readonly single_word: boolean;
  /** Whether it takes the spaces before it, and those behind it. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

type Json = Readonly<Record<string, unknown>>;

function asJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

/** A special token is written as its text or as an object that holds it. */
export function tokenText(value: unknown): string | undefined {
  const text = typeof value === "string" ? value : asJson(value)["content"];
  return typeof text === "string" ? text : undefined;
}

/** A token that is read whole wherever its text stands. */
export function specialToken(content: string, id: number): AddedToken {
  const plain = { single_word: false, lstrip: false, rstrip: false };
  return { id, content, special: true, normalized: false, ...plain };
}

function tokenError(at: string, what: string): ModelError {
  return new ModelError("tokens.file", what, {
    at,
    hint: "Use the tokenizer files that were saved together with the weights.",
  });
}

const specialNames = [
  "bos_token",
  "eos_token",
  "unk_token",
  "sep_token",
  "pad_token",
  "cls_token",
  "mask_token",
];
const specialLists = ["additional_special_tokens", "extra_special_tokens"];

/** The texts of all special tokens that the files name. */
function specialTexts({ config, specialTokens }: TokenizerFiles): ReadonlySet<string> {
  const sources = [asJson(config), asJson(specialTokens)];
  const values = sources.flatMap((file) => [
    ...specialNames.map((name) => file[name]),
    ...specialLists.flatMap((name) => Object.values(asJson(file[name]))),
  ]);
  return new Set(values.flatMap((value) => tokenText(value) ?? []));
}

function readToken(at: string, id: number, value: unknown): AddedToken {
  const token = asJson(value);
  const content = tokenText(value);
  if (content === undefined || !Number.isSafeInteger(id) || id < 0) {
    throw tokenError(at, "an added token has no text or no whole number as its id.");
  }
  const flag = (name: string, fallback = false): boolean =>
    typeof token[name] === "boolean" ? token[name] : fallback;
  const special = flag("special");
  return {
    id,
    content,
    special,
    normalized: flag("normalized", !special),
    single_word: flag("single_word"),
    lstrip: flag("lstrip"),
    rstrip: flag("rstrip"),
  };
}

/**
 * The tokens that a checkpoint learnt after its vocabulary was made, in order of their ids: those of
 * `added_tokens_decoder` in tokenizer_config.json or else, in older repositories, of `added_tokens.json`.
 * Throws: tokens.file.
 * Source: transformers 5's loading of tokenizers.
 */
export function learntTokens(files: TokenizerFiles): readonly AddedToken[] {
  const { at, config, addedTokens } = files;
  const decoder = asJson(config)["added_tokens_decoder"];
  const specials = specialTexts(files);
  const tokens =
    decoder === undefined
      ? Object.entries(asJson(addedTokens)).map(([content, id]) =>
          readToken(at, Number(id), { content, special: specials.has(content) }),
        )
      : Object.entries(asJson(decoder)).map(([id, token]) => readToken(at, Number(id), token));
  return tokens.toSorted((a, b) => a.id - b.id);
}

/**
 * A `tokenizer.json` with further added tokens; one that it has already stays as it is.
 * Throws: tokens.file, when a token has two ids, or an id two tokens.
 */
export function withAddedTokens<T extends object>(
  json: T,
  tokens: readonly AddedToken[],
  at: string,
): T & { readonly added_tokens: readonly AddedToken[] } {
  const own = asJson(json)["added_tokens"];
  const known = (Array.isArray(own) ? own : []) as readonly AddedToken[];
  const vocabulary = asJson(asJson(asJson(json)["model"])["vocab"]);
  const ids = new Map<string, unknown>(Object.entries(vocabulary));
  for (const { content, id } of known) ids.set(content, id);
  const contents = new Map([...ids].map(([content, id]) => [id, content]));
  for (const { content, id } of tokens) {
    const otherId = ids.get(content) ?? id;
    const other = contents.get(id) ?? content;
    if (otherId !== id) throw tokenError(at, `${content} has two ids, ${otherId} and ${id}.`);
    if (other !== content) throw tokenError(at, `${other} and ${content} have the same id ${id}.`);
    ids.set(content, id);
    contents.set(id, content);
  }
  const seen = new Set(known.map(({ content }) => content));
  const all = [...known, ...tokens.filter(({ content }) => !seen.has(content))];
  const unread = all.find(({ single_word }) => single_word);
  if (unread !== undefined) {
    throw tokenError(at, `${unread.content} matches whole words only, which is not supported.`);
  }
  return { ...json, added_tokens: all };
}
