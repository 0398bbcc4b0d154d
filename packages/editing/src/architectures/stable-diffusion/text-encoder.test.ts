import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPart } from "../families.ts";

const tiny = fileURLToPath(
  new URL("../../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url),
);
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "text-encoder-"));
  await cp(tiny, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** What an encoder warns of before its network opens. */
async function warningsOf(checkpoint: string): Promise<string[]> {
  const warnings: string[] = [];
  const encoder = await openPart(checkpoint, "textEncoder");
  const opener = { open: () => Promise.reject(new Error("not needed")) };
  await expect(encoder.encode(opener, "a hat", (text) => void warnings.push(text))).rejects.toThrow(
    "not needed",
  );
  return warnings;
}

test("an encoder that knows more words than its tokenizer says so", async () => {
  expect(await warningsOf(`dir:${tiny}`)).toEqual([]);
  const file = path.join(folder, "text_encoder/config.json");
  const config = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...config, vocab_size: config.vocab_size + 2 }));
  expect(await warningsOf(`dir:${folder}`)).toEqual([
    `The text encoder has ${config.vocab_size + 2} words, the tokenizer ${config.vocab_size}: words that were learnt later cannot be written.`,
  ]);
});
