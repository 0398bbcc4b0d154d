import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "./crc32.ts";
import { isPng, readPngTexts, withPngTexts } from "./png-texts.ts";

const pixel = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

describe("texts in a PNG", () => {
  test("come back as they were, and later ones take their place", () => {
    const once = withPngTexts(pixel, { graph: "{ ä 🍎 }", other: "" });
    expect([...readPngTexts(once)]).toEqual([
      ["graph", "{ ä 🍎 }"],
      ["other", ""],
    ]);
    const twice = withPngTexts(once, { graph: "new" });
    expect(readPngTexts(twice).get("graph")).toBe("new");
    expect(readPngTexts(twice).get("other")).toBe("");
    expect(withPngTexts(twice, { graph: "{ ä 🍎 }" }).length).toBe(once.length);
  });

  test("change no other byte", () => {
    const texts = withPngTexts(pixel, { k: "v" });
    const added = texts.length - pixel.length;
    // Signature and IHDR come first, by rule.
    const [head, rest] = [texts.subarray(0, 33), texts.subarray(33 + added)];
    expect(Buffer.concat([head, rest]).equals(pixel)).toBe(true);
  });

  test("are none where there is no PNG, or only a part of one", () => {
    expect(readPngTexts(new Uint8Array()).size).toBe(0);
    expect(readPngTexts(new TextEncoder().encode("hello, this is text")).size).toBe(0);
    expect(isPng(pixel)).toBe(true);
    expect(isPng(pixel.subarray(1))).toBe(false);
    expect(() => withPngTexts(pixel.subarray(0, 60), { k: "v" })).toThrow(RangeError);
    const whole = withPngTexts(pixel, { k: "v" });
    for (let cut = 0; cut < whole.length; cut++) readPngTexts(whole.subarray(0, cut));
  });

  test("survive any bytes in their place", () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes, (noise) => {
        readPngTexts(Buffer.concat([pixel.subarray(0, 33), noise]));
      }),
    );
  });
});

test("a checksum is the one that zlib gives", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === nodeCrc32(bytes)));
});
