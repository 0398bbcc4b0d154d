import { closest, distance } from "fastest-levenshtein";
import { ModelError } from "../errors.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** A tokenizer of whole words. */
export interface WordTokenizer extends Tokenizer {
  /** All tokens by id: padding, then the words. */
  readonly tokens: readonly string[];
  /** Names the words outside the vocabulary, with known ones that resemble them; undefined where all are known. */
  describeUnknown(text: string): string | undefined;
}

const padding = "<pad>";
/** A vocabulary with this entry reads every word outside it as this one; without it they are left out. */
export const unknownWord = "<unk>";

/** Lowercase words without punctuation. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The known words that differ from unknown ones by a slip or two. */
function suggest(unknown: readonly string[], words: readonly string[]): string {
  const near = unknown
    .map((word) => ({ word, like: closest(word, words) }))
    .filter(({ word, like }) => distance(word, like) <= Math.max(1, word.length / 3));
  if (near.length === 0) return "";
  return `Did you mean ${[...new Set(near.map(({ like }) => `"${like}"`))].join(", ")}? `;
}

/** Reads instructions word by word from a closed vocabulary. */
export function createWordTokenizer(words: readonly string[], maxWords: number): WordTokenizer {
  const tokens = [padding, ...words];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const unknownId = ids.get(unknownWord);
  const unknownWords = (text: string): readonly string[] => [
    ...new Set(wordsOf(text).filter((word) => !ids.has(word))),
  ];
  return {
    tokens,
    describeUnknown(text) {
      const unknown = unknownWords(text);
      if (unknown.length === 0) return undefined;
      const list = unknown.map((word) => `"${word}"`).join(", ");
      return `the model does not know ${list}. ${suggest(unknown, words)}`.trim();
    },
    encode(text) {
      const found = wordsOf(text);
      if (found.length === 0) {
        throw new ModelError("tokens.empty", "the instruction has no words.", {
          hint: 'Say what to do, such as "remove the apple".',
        });
      }
      const read = found.flatMap((word) => ids.get(word) ?? unknownId ?? []);
      if (!found.some((word) => ids.has(word))) {
        const list = unknownWords(text)
          .map((word) => `"${word}"`)
          .join(", ");
        throw new ModelError("tokens.unknown-word", `the model knows no word of ${list}.`, {
          at: text,
          hint: `${suggest(found, words)}It reads ${words.length} words: ${words.join(", ")}.`,
        });
      }
      if (found.length > maxWords) {
        throw new ModelError("tokens.too-long", `${found.length} words are too many.`, {
          at: text,
          hint: `Say it in at most ${maxWords} words.`,
        });
      }
      return BigInt64Array.from({ length: maxWords }, (_, at) => BigInt(read[at] ?? 0));
    },
  };
}
