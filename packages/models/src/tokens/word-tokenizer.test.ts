import { describe, expect, it } from "vitest";
import { ModelError } from "../errors.ts";
import { createWordTokenizer, wordsOf } from "./word-tokenizer.ts";

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
  it("drops case and punctuation, and keeps letters of any script", () => {
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
  it("numbers words from 1 and pads with 0", () => {
    expect(tokenizer.tokens).toEqual(["<pad>", "remove", "the", "apple", "äpfel"]);
    expect(tokenizer.encode("Remove the apple.")).toEqual(BigInt64Array.of(1n, 2n, 3n, 0n));
    expect(tokenizer.encode("the the THE Äpfel")).toEqual(BigInt64Array.of(2n, 2n, 2n, 4n));
  });

  it("refuses a text without words", () => {
    for (const text of ["", "   ", "?!", "🍎"]) {
      const { code, hint } = errorOf(text);
      expect(code).toBe("tokens.empty");
      expect(hint).toContain("remove the apple");
    }
  });

  it("names each word it does not know once, and says which it does", () => {
    const { code, what, at, hint } = errorOf("eat the pear, eat");
    expect(code).toBe("tokens.unknown-word");
    expect(what).toBe('the model does not know "eat", "pear".');
    expect(at).toBe("eat the pear, eat");
    expect(hint).toContain("remove, the, apple, äpfel");
  });

  it("suggests known words for misspelt ones only", () => {
    expect(errorOf("removw the aple").hint).toMatch(/^Did you mean "remove", "apple"\? It reads/);
    expect(errorOf("remove the zeppelin").hint).toMatch(/^It reads 4 words/);
  });

  it("does not take the padding for a word", () => {
    expect(errorOf("<pad>").code).toBe("tokens.unknown-word");
  });

  it("refuses more words than fit", () => {
    const { code, what } = errorOf("remove the apple the apple");
    expect(code).toBe("tokens.too-long");
    expect(what).toBe("5 words are too many.");
  });
});
