import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { decodeJson, decodeText, parsePythonJson, readJsonFile } from "./text-file.ts";

const utf16 = (text: string, swaps: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return swaps ? bytes.swap16() : bytes;
};

describe("decodeText", () => {
  const text = '{"é": "苹果🍎"}';

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, low bytes first", utf16(text, false)],
    ["UTF-16, high bytes first", utf16(text, true)],
  ])("[F1] reads %s", (_, bytes) => {
    expect(decodeText(bytes, "a.json")).toBe(text);
    expect(decodeJson(bytes, "a.json")).toEqual({ é: "苹果🍎" });
  });

  test.each([
    ["Latin-1", Buffer.from("é", "latin1"), "UTF-8"],
    ["half a letter of UTF-16", Buffer.of(0xff, 0xfe, 0x41), "UTF-16LE"],
  ])("[F1] refuses %s", (_, bytes, encoding) => {
    expect(() => decodeText(bytes, "a.json")).toThrow(
      expect.objectContaining({
        code: "file.encoding",
        at: "a.json",
        what: `the file is not ${encoding} text.`,
      }),
    );
  });
});

describe("parsePythonJson", () => {
  test("[F1] reads the numbers that JSON lacks, outside of texts", () => {
    const text = '{"a": Infinity, "b": -Infinity, "c": NaN, "NaN": "Infinity \\" NaN"}';
    expect(parsePythonJson(text)).toEqual({
      a: Number.POSITIVE_INFINITY,
      b: Number.NEGATIVE_INFINITY,
      c: null,
      NaN: 'Infinity " NaN',
    });
  });
});

describe("readJsonFile", () => {
  const folder = mkdtempSync(join(tmpdir(), "text-file-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("gives nothing for a file that is not there", async () => {
    expect(await readJsonFile(join(folder, "none.json"))).toBeUndefined();
  });

  test.runIf(process.platform !== "win32")("refuses a pipe, and waits for nothing", async () => {
    const pipe = join(folder, "pipe.json");
    execFileSync("mkfifo", [pipe]);
    await expect(readJsonFile(pipe)).rejects.toMatchObject({ code: "file.unreadable" });
  });

  test("names a file that is no JSON, and a folder", async () => {
    const file = join(folder, "cut.json");
    writeFileSync(file, '{"a": ');
    await expect(readJsonFile(file)).rejects.toMatchObject({ code: "file.json", at: file });
    await expect(readJsonFile(folder)).rejects.toMatchObject({
      code: "file.unreadable",
      at: folder,
    });
  });
});
