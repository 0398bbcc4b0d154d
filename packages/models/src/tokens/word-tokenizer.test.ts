import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { createWordTokenizer, unknownWord, wordsOf } from "./word-tokenizer.ts";

const tokenizer = createWordTokenizer(["remove", "the", "apple", "äpfel"], 4);

function errorOf(text: string): ModelError {
  try {
    tokenizer.encode(text);
  } catch (error) {
    if (error instanceof ModelError) return error;
  }
  throw new Error("the text was read");
}

describe("wordsOf", () => {
  test("drops case and punctuation, and keeps letters of any script", () => {
    expect(wordsOf("  Remove the  ÄPFEL, (2) now!\n")).toEqual([
      "remove",
      "the",
      "äpfel",
      "2",
      "now",
    ]);
  });
});

describe("createWordTokenizer", () => {
  test("numbers words from 1 and pads with 0", () => {
    expect(tokenizer.tokens).toEqual(["<pad>", "remove", "the", "apple", "äpfel"]);
    expect(tokenizer.encode("Remove the apple.")).toEqual(BigInt64Array.of(1n, 2n, 3n, 0n));
    expect(tokenizer.encode("the the THE Äpfel")).toEqual(BigInt64Array.of(2n, 2n, 2n, 4n));
  });

  test("refuses a text without words", () => {
    for (const text of ["", "   ", "?!", "🍎"]) {
      const { code, hint } = errorOf(text);
      expect(code).toBe("tokens.empty");
      expect(hint).toContain("remove the apple");
    }
  });

  test("leaves out words it does not know, and names each once", () => {
    expect(tokenizer.encode("eat the pear, eat")).toEqual(BigInt64Array.of(2n, 0n, 0n, 0n));
    const told = tokenizer.describeUnknown("eat the pear, eat");
    expect(told).toBe('the model does not know "eat", "pear".');
    expect(tokenizer.describeUnknown("remove the apple")).toBeUndefined();
  });

  test("reads words it does not know as one of their own where the vocabulary has it", () => {
    const reader = createWordTokenizer([unknownWord, "remove", "the"], 4);
    expect(reader.encode("remove the pear")).toEqual(BigInt64Array.of(2n, 3n, 1n, 0n));
  });

  test("refuses a text of which it knows no word, and says what it does know", () => {
    const { code, at, hint } = errorOf("eat pear");
    expect(code).toBe("tokens.unknown-word");
    expect(at).toBe("eat pear");
    expect(hint).toContain("remove, the, apple, äpfel");
  });

  test("suggests known words for misspelt ones only", () => {
    expect(tokenizer.describeUnknown("removw the aple")).toMatch(
      /Did you mean "remove", "apple"\?$/,
    );
    expect(tokenizer.describeUnknown("remove the zeppelin")).not.toMatch(/Did you mean/);
    expect(errorOf("aple").hint).toMatch(/^Did you mean "apple"\? It reads 4 words/);
  });

  test("does not take the padding for a word", () => {
    expect(errorOf("<pad>").code).toBe("tokens.unknown-word");
  });

  test("refuses more words than fit", () => {
    const { code, what } = errorOf("remove the apple the apple");
    expect(code).toBe("tokens.too-long");
    expect(what).toBe("5 words are too many.");
  });
});
