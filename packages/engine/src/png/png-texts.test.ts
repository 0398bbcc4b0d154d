import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { deflateSync, crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPng } from "./chunks.ts";
import { crc32 } from "./crc32.ts";
import { readPngText, withPngTexts } from "./png-texts.ts";

const folder = fileURLToPath(new URL("../../../../test/fixtures/png-texts/", import.meta.url));
const pixel = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);
/** Signature and IHDR, which come first by rule. */
const headBytes = 33;

function chunk(name: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), ...parts]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  checksum.writeUInt32BE(zlibCrc32(body));
  return Buffer.concat([length, body, checksum]);
}

function pngWith(...chunks: readonly Uint8Array[]): Uint8Array {
  const [head, rest] = [pixel.subarray(0, headBytes), pixel.subarray(headBytes)];
  return new Uint8Array(Buffer.concat([head, ...chunks, rest]));
}

const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values);
const key = Buffer.from("k");

/** The four forms of a text in a PNG, by name. */
const forms: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "tEXt in UTF-8": (text) => chunk("tEXt", key, bytesOf(0), Buffer.from(text)),
  zTXt: (text) => chunk("zTXt", key, bytesOf(0, 0), deflateSync(Buffer.from(text))),
  iTXt: (text) => chunk("iTXt", key, bytesOf(0, 0, 0, 0, 0), Buffer.from(text)),
  "compressed iTXt": (text) =>
    chunk("iTXt", key, bytesOf(0, 1, 0), Buffer.from("de\0Schlüssel\0"), deflateSync(text)),
};

describe("texts in a PNG", () => {
  test("come back as they were, and later ones take their place", async () => {
    const once = withPngTexts(pixel, { graph: "{ ä 🍎 }", other: "" });
    expect(await readPngText(once, "graph")).toBe("{ ä 🍎 }");
    expect(await readPngText(once, "other")).toBe("");
    expect(await readPngText(once, "none")).toBeUndefined();
    const twice = withPngTexts(once, { graph: "new" });
    expect(await readPngText(twice, "graph")).toBe("new");
    expect(await readPngText(twice, "other")).toBe("");
    expect(withPngTexts(twice, { graph: "{ ä 🍎 }" }).length).toBe(once.length);
  });

  test("change no other byte", () => {
    const texts = withPngTexts(pixel, { k: "v" });
    const added = texts.length - pixel.length;
    const [head, rest] = [texts.subarray(0, headBytes), texts.subarray(headBytes + added)];
    expect(Buffer.concat([head, rest]).equals(pixel)).toBe(true);
  });

  test.each(Object.entries(forms))("[F1] are read from %s", async (_name, form) => {
    const property = fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      expect(await readPngText(pngWith(form(text)), "k")).toBe(text);
    });
    await fc.assert(property, { numRuns: 30 });
  });

  test.each(Object.entries(forms))("take the place of one in %s", async (_name, form) => {
    const file = withPngTexts(pngWith(form("old")), { k: "new" });
    expect(file.length).toBe(withPngTexts(pixel, { k: "new" }).length);
    expect(await readPngText(file, "k")).toBe("new");
  });

  test("in Latin-1 are read as such", async () => {
    const latin1 = Buffer.from("café \xff\x80", "latin1");
    expect(await readPngText(pngWith(chunk("tEXt", key, bytesOf(0), latin1)), "k")).toBe(
      "café \xff\x80",
    );
  });

  test("of pictures that other programs saved again are the graph", async () => {
    const graph: unknown = JSON.parse(await readFile(`${folder}graph.json`, "utf8"));
    const names = ["text", "ztxt", "itxt-compressed", "pil-resaved", "pil-resaved-zip"];
    for (const name of [...names, "pil-resaved-itxtz"]) {
      const text = await readPngText(await readFile(`${folder}${name}.png`), "insightgraph-graph");
      expect(JSON.parse(text ?? "")).toEqual(graph);
    }
    expect(await readPngText(await readFile(`${folder}src.png`), "insightgraph-graph")).toBe(
      undefined,
    );
  });

  test("[F1] that inflate beyond the limit are refused before they fill the memory", async () => {
    const bomb = chunk("zTXt", key, bytesOf(0, 0), deflateSync(Buffer.alloc(64_000_001)));
    await expect(readPngText(pngWith(bomb), "k")).rejects.toThrow(
      'file.unreadable: the text "k" in this PNG is larger than 64000000 bytes',
    );
    expect(await readPngText(pngWith(bomb), "other")).toBeUndefined();
  });

  test("[F1] that are damaged are refused, never taken as absent", async () => {
    const zlib = deflateSync("hello hello hello");
    const damaged = [
      chunk("zTXt", key, bytesOf(0, 0), zlib.subarray(0, 9)),
      chunk("zTXt", key, bytesOf(0, 0), Buffer.from("no zlib")),
      chunk("iTXt", key, bytesOf(0, 0, 0, 0, 0), bytesOf(0xff)),
    ];
    for (const each of damaged) {
      await expect(readPngText(pngWith(each), "k")).rejects.toThrow("is damaged");
    }
  });

  test("are none where there is no PNG, or only a part of one", async () => {
    expect(await readPngText(new Uint8Array(), "k")).toBeUndefined();
    expect(await readPngText(new TextEncoder().encode("hello, this is text"), "k")).toBeUndefined();
    expect(isPng(pixel)).toBe(true);
    expect(isPng(pixel.subarray(1))).toBe(false);
    expect(() => withPngTexts(pixel.subarray(0, 60), { k: "v" })).toThrow(RangeError);
    const whole = withPngTexts(pixel, { k: "v" });
    const found = await Promise.all(
      Array.from({ length: whole.length }, (_, cut) => readPngText(whole.subarray(0, cut), "k")),
    );
    expect(new Set(found)).toEqual(new Set([undefined, "v"]));
  });

  test("survive any bytes in their place", async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
      const file = Buffer.concat([pixel.subarray(0, headBytes), noise]);
      expect(await readPngText(file, "k")).toBeUndefined();
    });
    await fc.assert(property);
  });
});

test("a checksum is the one that zlib gives", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
});
