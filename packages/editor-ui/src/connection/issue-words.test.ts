import { expect, test } from "vitest";
import { describeThrown, issueSentences, toSentence } from "./issue-words.ts";

test("an issue reads as two sentences", () => {
  const issue = { what: 'nothing is connected to "image"', hint: "connect an image." };
  expect(issueSentences(issue)).toBe('Nothing is connected to "image". Connect an image.');
});

test("a thrown value never shows its stack or its class", () => {
  const error = Object.assign(new Error("code: what. Hint: hint"), {
    what: "it broke",
    hint: "mend it",
  });
  expect(describeThrown(error)).toBe("It broke. Mend it.");
  expect(describeThrown(new Error("gone"))).toBe("Gone.");
  expect(describeThrown("x")).toBe("An unexpected error occurred.");
});

test("a Chinese sentence keeps its own full stop", () => {
  expect(toSentence("图片文件。")).toBe("图片文件。");
});
