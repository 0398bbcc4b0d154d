import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { learntTokens, withAddedTokens } from "./added-tokens.ts";
import { createCheckpointTokenizer, vocabularyWarning } from "./checkpoint-tokenizer.ts";
import { readTokenizerFiles } from "./tokenizer-files.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../../test/fixtures/parity/tokens/${name}`, import.meta.url));

const at = "tokenizer";
const flags = { single_word: false, lstrip: false, rstrip: false };

describe("learntTokens", () => {
  test("reads added_tokens.json in order of ids, special where another file says so", () => {
    const files = {
      at,
      addedTokens: { b: 5, "<pad>": 4 },
      specialTokens: { pad_token: { content: "<pad>" } },
    };
    expect(learntTokens(files)).toEqual([
      { id: 4, content: "<pad>", special: true, normalized: false, ...flags },
      { id: 5, content: "b", special: false, normalized: true, ...flags },
    ]);
  });

  test("reads added_tokens_decoder before added_tokens.json", () => {
    const config = { added_tokens_decoder: { 7: { content: "a", lstrip: true } } };
    expect(learntTokens({ at, config, addedTokens: { b: 5 } })).toEqual([
      { id: 7, content: "a", special: false, normalized: true, ...flags, lstrip: true },
    ]);
  });

  test.each([{ a: "x" }, { a: -1 }, { a: 0.5 }])(
    "refuses an id that is none: %j",
    (addedTokens) => {
      expect(() => learntTokens({ at, addedTokens })).toThrow(
        expect.objectContaining({ code: "tokens.file", at }),
      );
    },
  );
});

describe("withAddedTokens", () => {
  const token = (content: string, id: number) => ({
    id,
    content,
    special: false,
    normalized: true,
    ...flags,
  });
  const json = { model: { vocab: { a: 0, b: 1 } }, added_tokens: [token("c", 2)] };

  test("[K3] adds what is new, and keeps what is known", () => {
    const { added_tokens: added } = withAddedTokens(json, [token("a", 0), token("c", 2)], at);
    expect(added).toEqual([token("c", 2), token("a", 0)]);
  });

  test.each([
    ["a has two ids, 0 and 5.", token("a", 5)],
    ["b and d have the same id 1.", token("d", 1)],
    ["c and d have the same id 2.", token("d", 2)],
    [
      "d matches whole words only, which is not supported.",
      { ...token("d", 3), single_word: true },
    ],
  ])("[K3] refuses that %s", (what, added) => {
    expect(() => withAddedTokens(json, [added], at)).toThrow(
      expect.objectContaining({ code: "tokens.file", what }),
    );
  });
});

describe("vocabularyWarning", () => {
  test("[K4] says when the text encoder has other rows than the tokenizer has ids", async () => {
    const [plain, learnt] = await Promise.all(
      ["clip-vocab-and-merges", "clip-added-tokens"].map(async (name) =>
        createCheckpointTokenizer(await readTokenizerFiles(fixture(name))),
      ),
    );
    if (plain === undefined || learnt === undefined) throw new RangeError();
    expect(learnt.size).toBe(learnt.idOf("<pad>") + 1);
    expect(plain.size).toBe(plain.idOf("<|endoftext|>") + 1);
    expect(vocabularyWarning(learnt, learnt.size)).toBeUndefined();
    expect(vocabularyWarning({ size: 10 }, 12)).toMatch(/has 12 words, the tokenizer 10/);
    expect(vocabularyWarning({ size: 12 }, 10)).toMatch(/only 10/);
  });
});
