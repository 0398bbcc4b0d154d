import { mergesOf } from "./clip-bpe.ts";

/** Qwen's own cut of a text: contractions, words with what stands before them, single digits, signs, line ends, spaces. */
const pieces =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/**
 * What `tokenizer.json` would hold for Qwen's `vocab.json` and `merges.txt`, without its added tokens.
 * Source: transformers' Qwen2Tokenizer.
 */
export function byteLevelTokenizerJson(vocab: unknown, merges: string): object {
  return {
    added_tokens: [],
    normalizer: { type: "NFC" },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: pieces }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: { type: "ByteLevel", trim_offsets: false, add_prefix_space: false },
    decoder: { type: "ByteLevel" },
    model: {
      type: "BPE",
      unk_token: null,
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
      fuse_unk: false,
      vocab,
      merges: mergesOf(merges),
    },
  };
}
