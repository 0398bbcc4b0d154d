import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

const folder = fileURLToPath(
  new URL("../../../../test/fixtures/graph-encodings/", import.meta.url),
);
const text = '{ "text": "café grüße 中 🍎" }';

function utf16(value: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${value}`, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
}

describe("text files", () => {
  test("[F2] are UTF-8 with or without a byte order mark, or UTF-16 with one", () => {
    expect(decodeText(Buffer.from(text), "a.json")).toBe(text);
    expect(decodeText(Buffer.from(`\uFEFF${text}`), "a.json")).toBe(text);
    expect(decodeText(utf16(text, false), "a.json")).toBe(text);
    expect(decodeText(utf16(text, true), "a.json")).toBe(text);
    expect(decodeText(new Uint8Array(), "a.json")).toBe("");
  });

  test("[F2] in another encoding are refused, with the first wrong byte", async () => {
    const latin1 = await readFile(`${folder}latin1.txt`);
    const offset = latin1.findIndex((byte) => byte >= 0x80);
    const line = latin1.subarray(0, offset).toString("latin1").split("\n").length;
    expect(() => decodeText(latin1, "latin1.txt")).toThrow(
      `file.encoding: "latin1.txt" is not UTF-8 at byte ${offset} (line ${line}); it looks like Latin-1`,
    );
    for (const plain of [text, "{}"]) {
      const unmarked = utf16(plain, false).subarray(2);
      expect(() => decodeText(unmarked, "a.json")).toThrow(/^file\.encoding: .*UTF-16 without/);
    }
    expect(() => decodeText(utf16(text, true).subarray(0, 5), "a.json")).toThrow(
      /is not UTF-16BE at byte 4 .*damaged/,
    );
    const cut = Buffer.from("aé").subarray(0, 2);
    expect(() => decodeText(cut, "a.json")).toThrow("is not UTF-8 at byte 1 (line 1)");
  });

  test("of the cases that once opened only on the page open", async () => {
    const [little, big] = await Promise.all(
      ["utf16le.txt", "utf16be.txt"].map(async (name) => readFile(folder + name)),
    );
    if (little === undefined || big === undefined) throw new TypeError("no cases");
    expect(JSON.parse(decodeText(little, "a"))).toEqual(JSON.parse(decodeText(big, "b")));
    expect(decodeText(big, "b")).toContain("café größe");
  });

  test("come back whatever their letters", () => {
    const texts = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(texts, fc.boolean(), (value, isBigEndian) => {
        expect(decodeText(Buffer.from(`\uFEFF${value}`), "a")).toBe(value);
        expect(decodeText(utf16(value, isBigEndian), "a")).toBe(value);
      }),
    );
  });
});
