import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { createCheckpointTokenizer } from "./checkpoint-tokenizer.ts";
import { readTokenizerFiles } from "./tokenizer-files.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../../test/fixtures/parity/tokens/${name}`, import.meta.url));

async function thrown(read: () => unknown): Promise<ModelError> {
  try {
    await read();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("createCheckpointTokenizer", () => {
  test("[K2] pads to the checkpoint's own length, and keeps the end token of a text that is cut", async () => {
    const files = await readTokenizerFiles(fixture("clip-vocab-and-merges"));
    const clip = createCheckpointTokenizer(files);
    const [begin, end] = [clip.idOf("<|startoftext|>"), clip.idOf("<|endoftext|>")];
    expect([clip.length, clip.padId]).toEqual([77, clip.idOf("!")]);
    const empty = Array.from(clip.encode(""), Number);
    expect(empty).toEqual([begin, end, ...Array(75).fill(clip.padId)]);
    const long = "remove the apple ".repeat(60);
    expect(clip.encodeWhole(long).length).toBeGreaterThan(77);
    const cut = Array.from(clip.encode(long), Number);
    expect(cut).toEqual([...clip.encodeWhole(long).slice(0, 76), end]);
  });

  test("has no end token to keep where the checkpoint adds none", async () => {
    const files = await readTokenizerFiles(fixture("llama-prepended"));
    const llama = createCheckpointTokenizer(files, { length: 4 });
    expect(llama.padId).toBe(llama.idOf("<unk>"));
    const whole = llama.encodeWhole("remove the red apple from the table");
    expect(Array.from(llama.encode("remove the red apple from the table"), Number)).toEqual(
      whole.slice(0, 4),
    );
  });

  test("reads added tokens whole", async () => {
    const files = await readTokenizerFiles(fixture("llama-prepended"));
    const added = { "<img_0>": 9000, "<img_1>": 9001 };
    const llama = createCheckpointTokenizer(files, { added });
    const ids = llama.encodeWhole("the <img_0> <img_1>");
    expect(ids.filter((id) => id >= 9000)).toEqual([9000, 9001]);
    expect(llama.idOf("<img_1>")).toBe(9001);
  });

  test("says which token the checkpoint lacks", async () => {
    const files = await readTokenizerFiles(fixture("llama-prepended"));
    const { idOf } = createCheckpointTokenizer(files);
    const { code, what } = await thrown(() => idOf("<image>"));
    expect([code, what]).toEqual(["tokens.file", "the tokenizer has no token <image>."]);
  });
});

describe("readTokenizerFiles", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tokenizer-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("names what it looked for in a folder without a tokenizer", async () => {
    const empty = await thrown(() => readTokenizerFiles(folder));
    expect(empty.code).toBe("tokens.file");
    expect(empty.at).toBe(folder);
    expect(empty.hint).toBe(
      "It needs tokenizer.json, or vocab.json and merges.txt, or tokenizer.model.",
    );
  });

  test("names the file that is no JSON", async () => {
    await writeFile(join(folder, "tokenizer.json"), '{"model": ');
    const { code, at, what } = await thrown(() => readTokenizerFiles(folder));
    expect([code, at, what]).toEqual([
      "file.json",
      join(folder, "tokenizer.json"),
      "the file is not valid JSON.",
    ]);
  });

  test.each([{}, { model: { type: "BPE" } }, [], { model: null }])(
    "refuses a tokenizer.json without a tokenizer: %j",
    async (tokenizer) => {
      const { code, what } = await thrown(() =>
        createCheckpointTokenizer({ at: folder, tokenizer }),
      );
      expect(code).toBe("tokens.file");
      expect(what).toContain("does not describe a supported tokenizer");
    },
  );

  test.each([
    [[], "tokenizer.model holds no pieces."],
    [[0x0a, 0xff], "tokenizer.model is not a SentencePiece file."],
    // One piece, of a model of the other kind.
    [[0x0a, 3, 0x0a, 1, 0x61], "tokenizer.model is not a byte-pair model."],
  ])("refuses a tokenizer.model that is none of Llama's: %j", async (bytes, message) => {
    const files = { at: folder, sentencePiece: Uint8Array.from(bytes) };
    const { code, what } = await thrown(() => createCheckpointTokenizer(files));
    expect([code, what]).toEqual(["tokens.file", message]);
  });

  test("refuses another model's vocab.json", async () => {
    const files = { at: folder, vocab: { a: 0 }, merges: "#version: 0.2\n" };
    const { code, what } = await thrown(() => createCheckpointTokenizer(files));
    expect([code, what]).toEqual([
      "tokens.file",
      "vocab.json has no <|startoftext|>; it is not CLIP's.",
    ]);
  });
});
