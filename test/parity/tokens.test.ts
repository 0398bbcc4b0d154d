import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createCheckpointTokenizer } from "../../packages/models/src/tokens/checkpoint-tokenizer.ts";
import { readTokenizerFiles } from "../../packages/models/src/tokens/tokenizer-files.ts";

interface Expected {
  readonly options: {
    readonly padded?: number;
    readonly added?: Readonly<Record<string, number>>;
  };
  readonly cases: readonly { readonly text: string; readonly ids: readonly number[] }[];
}

describe.each([
  "clip-vocab-and-merges",
  "clip-tokenizer-json",
  "llama-prepended",
  "llama-metaspace",
  "llama-tokenizer-model",
  "clip-added-tokens",
  "clip-added-tokens-decoder",
  "clip-tokenizer-json-added",
  "llama-added-tokens",
])("%s reads as transformers does", async (name) => {
  const folder = fileURLToPath(new URL(`../fixtures/parity/tokens/${name}`, import.meta.url));
  const { options, cases }: Expected = JSON.parse(
    await readFile(`${folder}/expected.json`, "utf8"),
  );
  const { padded, added } = options;
  const tokenizer = createCheckpointTokenizer(await readTokenizerFiles(folder), {
    ...(padded === undefined ? {} : { length: padded }),
    ...(added === undefined ? {} : { added }),
  });

  test.each(cases.map(({ text, ids }) => ({ text: text.slice(0, 60), whole: text, ids })))(
    "[K1] $text",
    ({ whole, ids }) => {
      const found =
        padded === undefined
          ? tokenizer.encodeWhole(whole)
          : Array.from(tokenizer.encode(whole), Number);
      expect(found).toEqual(ids);
    },
  );
});
