import { ModelError } from "../errors.ts";
import { specialToken } from "./added-tokens.ts";

/** CLIP's own cut of a text into words: contractions, letters, single digits, the rest. */
const words =
  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

const [begin, end] = ["<|startoftext|>", "<|endoftext|>"];

/** The pairs of `merges.txt`, in the order in which they were learnt. */
export function mergesOf(text: string): readonly (readonly string[])[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#version"));
  return lines.map((line) => line.split(" "));
}

/**
 * What `tokenizer.json` would hold for CLIP's `vocab.json` and `merges.txt`; `special` tokens are read whole.
 * Throws: tokens.file.
 */
export function clipTokenizerJson(
  vocab: unknown,
  merges: string,
  { at, special }: { readonly at: string; readonly special: readonly string[] },
): object {
  const ids = new Map(Object.entries(vocab ?? {}));
  const idOf = (token: string): number => {
    const id = ids.get(token);
    if (typeof id === "number") return id;
    throw new ModelError("tokens.file", `vocab.json has no ${token}; it is not CLIP's.`, {
      at,
      hint: "Only CLIP's tokenizer is read from vocab.json and merges.txt; others need tokenizer.json.",
    });
  };
  const added = [...new Set([begin, end, ...special])].map((content) =>
    specialToken(content, idOf(content)),
  );
  return {
    added_tokens: added,
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: words }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      sep: [end, idOf(end)],
      cls: [begin, idOf(begin)],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: "ByteLevel" },
    model: {
      type: "BPE",
      unk_token: end,
      continuing_subword_prefix: "",
      end_of_word_suffix: "</w>",
      fuse_unk: false,
      vocab,
      merges: mergesOf(merges),
    },
  };
}
