import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { createCheckpointTokenizer } from "./checkpoint-tokenizer.ts";
import { encodePrompt, promptTemplates } from "./mllm-prompt.ts";
import { readTokenizerFiles } from "./tokenizer-files.ts";

const folder = fileURLToPath(
  new URL("../../../../test/fixtures/parity/tokens/llama-prepended", import.meta.url),
);
const [imageToken, firstMmToken] = [5000, 4003];
const added = {
  "<img>": 4000,
  "<im_start>": 4001,
  "<im_end>": 4002,
  "<img_0>": firstMmToken,
  "<img_1>": 4004,
};
const tokenizer = createCheckpointTokenizer(await readTokenizerFiles(folder), { added });
const layout = { length: 600, patches: 4, imageToken, mmTokens: 2, firstMmToken };

const encode = (template: string, instruction: string, length = 600): readonly number[] =>
  Array.from(encodePrompt(template, instruction, tokenizer, { ...layout, length }), Number);

function thrown(read: () => unknown): ModelError {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelError) return error;
  }
  throw new Error("nothing was thrown");
}

describe("encodePrompt", () => {
  test("begins as the checkpoint's texts do, and pads at the end", () => {
    const found = encode("USER: {image} {instruction} {mm}", " remove\n the apple ", 40);
    const wanted = [
      ...tokenizer.encodeWhole("USER:"),
      ...[imageToken, imageToken, imageToken, imageToken],
      ...tokenizer.encodePiece("remove the apple"),
      ...[4003, 4004],
    ];
    expect(tokenizer.encodeWhole("USER:")[0]).toBe(tokenizer.idOf("<s>"));
    const padding = Array<number>(40 - wanted.length).fill(tokenizer.idOf("<unk>"));
    expect(found).toEqual([...wanted, ...padding]);
  });

  test("puts SmartEdit's tokens around the picture and the [MM] tokens in a row into the answer", () => {
    const found = encode(promptTemplates.smartedit, "remove the apple");
    const marks = found.filter((id) => id >= 4000);
    expect(marks).toEqual([4000, 4001, ...Array(4).fill(imageToken), 4002, 4003, 4004]);
    const [after, answer] = [found.indexOf(4002), found.indexOf(4003)];
    const wish = tokenizer.encodePiece("remove the apple");
    expect(found.slice(after + 1, after + 1 + wish.length - 1)).toEqual(wish.slice(0, -1));
    expect(found.slice(answer, answer + 2)).toEqual([4003, 4004]);
  });

  test("puts InsightEdit's [MM] tokens after the instruction, and nothing after them", () => {
    const found = encode(promptTemplates.insightedit, "remove the apple");
    const end = found.indexOf(4004);
    const wish = tokenizer.encodePiece("remove the apple");
    expect(found.slice(end - 1 - wish.length, end - 1)).toEqual(wish);
    expect(new Set(found.slice(end + 1))).toEqual(new Set([tokenizer.padId]));
  });

  test("takes dollar signs and braces for what they are", () => {
    const found = encode("USER: {image} {instruction} {mm}", "write $& and {mm}", 60);
    expect(found.filter((id) => id === firstMmToken)).toHaveLength(1);
    const wish = tokenizer.encodePiece("write $& and {mm}");
    const start = found.lastIndexOf(imageToken) + 1;
    expect(found.slice(start, start + wish.length)).toEqual(wish);
  });

  test("[K5] refuses an instruction that spells out its own tokens", () => {
    const { code, at } = thrown(() => encode(promptTemplates.insightedit, "paint <img_1> red"));
    expect([code, at]).toEqual(["tokens.reserved", "paint <img_1> red"]);
  });

  test("refuses too many tokens, and none", () => {
    const long = thrown(() => encode(promptTemplates.insightedit, "remove the apple", 20));
    expect(long.code).toBe("tokens.too-long");
    expect(long.hint).toContain("the model reads 20");
    expect(thrown(() => encode(promptTemplates.insightedit, " \n")).code).toBe("tokens.empty");
  });

  test("names a token of the template that the tokenizer lacks", async () => {
    const plain = createCheckpointTokenizer(await readTokenizerFiles(folder));
    const { code, what } = thrown(() =>
      encodePrompt(promptTemplates.smartedit, "remove the apple", plain, layout),
    );
    expect([code, what]).toEqual(["tokens.file", "the tokenizer has no token <img>."]);
  });
});
