import { expect, test } from "vitest";
import { languageOf } from "./language.ts";
import { messagesOf } from "./messages.ts";

/** Every message by its path; what a function says of made-up values. */
function flat(messages: object, path = ""): Map<string, string> {
  const all = Object.entries(messages).flatMap(([name, message]): [string, string][] => {
    const at = `${path}${name}`;
    if (typeof message === "string") return [[at, message]];
    if (typeof message === "function") return [[at, String(message("seven", 7, 7))]];
    return [...flat(message, `${at}.`)];
  });
  return new Map(all);
}

test("every language has every message, none empty, each with all its values", () => {
  const english = flat(messagesOf.en);
  for (const messages of Object.values(messagesOf)) {
    const other = flat(messages);
    expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of other) {
      expect(text.trim(), path).not.toBe("");
      expect(text.includes("seven"), path).toBe(english.get(path)?.includes("seven"));
    }
  }
});

test("Chinese messages are Chinese", () => {
  const english = flat(messagesOf.en);
  for (const [path, text] of flat(messagesOf["zh-CN"])) {
    if (/[a-z]{4}/i.test(english.get(path) ?? "")) expect(text, path).toMatch(/\p{Script=Han}/u);
  }
});

test("the first language that the page has is taken, else English", () => {
  expect(languageOf(["", "fr-FR", "zh-TW", "en"])).toBe("zh-CN");
  expect(languageOf(["en-GB", "zh"])).toBe("en");
  expect(languageOf(["fr"])).toBe("en");
  expect(languageOf([])).toBe("en");
});
